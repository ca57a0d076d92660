//! What was computed of what never changes: an answer is found again by everything that it was
//! computed from.
//!
//! Nothing in here expires, because nothing in here can be wrong: the question that finds an
//! answer holds every input of it, so that a setting, a headcount or a release that differs is
//! another question. The longest unused goes first.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Answers that were given of late, newest first.
#[derive(Clone)]
pub struct Memory(Arc<Inner>);

struct Inner {
    kept: Mutex<VecDeque<CachedReport>>,
    most: usize,
    turn: tokio::sync::Mutex<()>,
}

struct CachedReport {
    question: Box<dyn Any + Send>,
    answer: Arc<dyn Any + Send + Sync>,
}

impl Memory {
    pub fn of(most: usize) -> Self {
        Self(Arc::new(Inner { kept: Mutex::default(), most, turn: tokio::sync::Mutex::default() }))
    }

    /// Waits until nobody else makes an answer that takes long; whoever had to wait looks again
    /// whether it is there now.
    pub async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.turn.lock().await
    }

    /// The answer that was given to the very same question.
    pub fn find<Q: PartialEq + 'static, A: Send + Sync + 'static>(
        &self,
        question: &Q,
    ) -> Option<Arc<A>> {
        let mut kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |one: &CachedReport| {
            one.answer.is::<A>() && one.question.downcast_ref::<Q>() == Some(question)
        };
        let found = kept.iter().position(same)?;
        let one = kept.remove(found)?;
        let answer = one.answer.clone();
        kept.push_front(one);
        answer.downcast().ok()
    }

    pub fn keep<Q: PartialEq + Send + 'static, A: Send + Sync + 'static>(
        &self,
        question: Q,
        answer: A,
    ) -> Arc<A> {
        let answer = Arc::new(answer);
        let mut kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front(CachedReport { question: Box::new(question), answer: answer.clone() });
        kept.truncate(self.0.most);
        answer
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memory")
    }
}

#[cfg(test)]
mod tests {
    use crate::report_cache::*;

    #[test]
    fn only_the_very_same_question_finds_an_answer_and_the_longest_unused_goes_first() {
        let memory = Memory::of(5);
        for question in 0..5_usize {
            memory.keep(question, question.to_string());
        }
        assert_eq!(memory.find::<usize, String>(&0).unwrap().as_str(), "0");
        assert_eq!(memory.find::<usize, u8>(&1), None, "an answer of another kind");
        assert_eq!(memory.find::<u64, String>(&1), None, "a question of another kind");
        memory.keep(usize::MAX, "new".to_owned());
        assert_eq!(memory.find::<usize, String>(&1), None, "it was asked longest ago");
        assert!(
            memory.find::<usize, String>(&0).is_some()
                && memory.find::<usize, String>(&2).is_some()
        );
    }
}
