//! The parts of a pack's sheet, from what the gate let through.

use super::quotes::Quotes;
use super::rule::{self, Criteria};
use super::{
    ACTION, ACTIONS, COMMENT, Chart, FIGURE, HIDDEN, Line, NAME, POINTS, Pack, PackReader, QUOTED,
    Quote, SENTENCE, ShortText,
};
use crate::blueprint::Step;
use crate::breakdown::disclosure::Reading;
use crate::breakdown::picture::timetable;
use crate::breakdown::request::{Catalogue, Question};
use crate::breakdown::{Breakdown, Frictions, Line as Part, evidence, story};
use crate::calendar::{Week, date_in_words};
use crate::chart::read::{ChartQuestion, Series};
use crate::chart::{self, Measure, drawing, phrases as chart_phrases};
use crate::discussion::review::Standing;
use crate::discussion::{Action, Level, Sentence, State, marks, words as said};
use crate::element::Element;
use crate::i18n::{Text, Words, number};
use crate::privacy::{self, Disclosed, NotShown, Place};
use crate::publication::Comment;
use crate::survey::Friction;
use crate::{journal, limits};

/// The first week whose comments are read.
pub(super) fn quoted_from(series: &Series, question: &Question) -> Option<Week> {
    let weeks: Vec<Week> = series.weeks().filter(|week| question.window.contains(*week)).collect();
    weeks.iter().rev().take(QUOTED).next_back().copied()
}

/// What the parts of the sheet are made from.
pub(super) struct Sheet<'a> {
    pub(super) whose: PackReader<'a>,
    pub(super) known: &'a Catalogue,
    pub(super) question: &'a Question,
    pub(super) shown: &'a Disclosed<Breakdown>,
}

impl Sheet<'_> {
    fn say(&self, key: &str) -> String {
        Words(self.whose.lang).say(key)
    }

    pub(super) fn name(&self, team: &str) -> String {
        said::team(team, self.known, self.whose.lang)
    }

    /// Where the points are lost, and how many: what stands out against the rest says nothing of
    /// the level.
    pub(super) fn lede(&self) -> String {
        let told = story::tell(self.shown, self.whose.lang);
        let level = self.shown.against.and(told.more.into_iter().next());
        // Where nothing stands out there is still something to talk about.
        let main = self.main_friction().filter(|_| self.shown.leading.is_none()).and_then(|line| {
            let share = number(self.whose.lang, 100.0 * line.friction.as_ref()?.any.value, 0);
            let text = Text::new("pack-main-friction").with("handoff", self.label(&line.element));
            Some(text.with("share", share).say(self.whose.lang))
        });
        [Some(told.lede), level, main].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Detours, names in full and what is left out.
    pub(super) fn map_notes(&self, strip: &timetable::Strip) -> Vec<String> {
        let told = |key: &'static str, all: &[String]| {
            (!all.is_empty())
                .then(|| Text::new(key).with("names", all.join("; ")).say(self.whose.lang))
        };
        let names: Vec<String> =
            strip.cut.iter().map(|name| ShortText::of(name, NAME).shown).collect();
        let notes = [
            told("pack-detours", &strip.detours),
            told("pack-names", &names),
            timetable::left_out(strip, self.whose.lang),
        ];
        notes.into_iter().flatten().collect()
    }

    /// The handoff of the team at which most met friction: what the teams of it meet about.
    fn main_friction(&self) -> Option<&Part> {
        let blueprint = &self.shown.blueprint;
        let own = self
            .shown
            .lines
            .iter()
            .filter(|line| blueprint.teams(&line.element).contains(&self.whose.team));
        let share =
            |line: &&Part| line.friction.as_ref().map_or(0.0, |frictions| frictions.any.value);
        own.filter(|line| line.friction.is_some())
            .max_by(|one, other| share(one).total_cmp(&share(other)))
    }

    /// What this team and its neighbours try at this place, the ones that are being tried first.
    pub(super) fn actions<'b>(&self, actions: &'b [Action]) -> Vec<&'b Action> {
        let here = actions.iter().filter(|action| marks::is_at(&action.discussion, self.question));
        let own = here.filter(|action| action.discussion.has(self.whose.team));
        let mut own: Vec<&Action> = own.collect();
        own.sort_by_key(|action| {
            (action.state != State::Open, std::cmp::Reverse(action.plan.start), action.id)
        });
        own
    }

    /// The figure that the first action should move; without one the main friction; where either
    /// has too few points yet, the outcome, and it is said.
    pub(super) fn chart(
        &self,
        series: &Series,
        actions: &[&Action],
    ) -> std::result::Result<Chart, String> {
        let lang = self.whose.lang;
        let main = self.main_friction().map(|line| Measure::Of(line.element.clone()));
        let wanted = actions.first().map(|action| action.plan.measure.clone()).or(main);
        let mut thin = None;
        for measure in wanted.into_iter().chain([Measure::Outcome]) {
            let heading = chart_phrases::heading(
                &self.question.blueprint,
                &measure,
                series.kind(&measure),
                lang,
            );
            let heading = ShortText::of(&heading, FIGURE).shown;
            let asked =
                ChartQuestion { question: self.question.clone(), measure, baseline_until: None };
            let last = asked.measure == Measure::Outcome;
            match series.chart(&asked) {
                Ok(chart)
                    if last
                        || chart.points.iter().filter(|point| point.value.is_ok()).count()
                            >= POINTS =>
                {
                    return Ok(self.drawn(&chart, heading, actions, thin));
                }
                Ok(_) => thin = Some(Text::new("pack-thin").with("measured", heading).say(lang)),
                Err(gap) if last => {
                    return Err(format!("{heading}: {}", gap.say(lang)));
                }
                Err(_) => thin = Some(Text::new("pack-thin").with("measured", heading).say(lang)),
            }
        }
        Err(NotShown::Unrecorded.say(lang))
    }

    fn drawn(
        &self,
        chart: &Disclosed<chart::Chart>,
        heading: String,
        actions: &[&Action],
        thin: Option<String>,
    ) -> Chart {
        let lang = self.whose.lang;
        let lettered = actions.iter().take(ACTIONS).enumerate();
        let marks: Vec<drawing::Mark> = lettered
            .filter(|(_, action)| marks::is_about(action, &chart.measure))
            .map(|(place, action)| drawing::Mark {
                week: action.plan.start,
                letter: marks::letter(place),
                words: action.plan.text.clone(),
            })
            .collect();
        let first =
            chart.questions.first().map(|asked| chart_phrases::question(chart, asked, lang));
        let said = [thin, Some(chart_phrases::lede(chart, lang)), first];
        let lede = said.into_iter().flatten().collect::<Vec<_>>().join(" ");
        Chart { heading, lede, svg: drawing::draw(chart, &marks, drawing::Paper::Sheet, lang) }
    }

    /// The four comments, and the rule that chose them.
    pub(super) fn quotes(&self, comments: Reading<Vec<Comment>>, series: &Series) -> Quotes {
        let lang = self.whose.lang;
        let (team_only, comments) = match comments {
            Ok(comments) => comments.iter().cloned().partition(|comment| comment.team_only),
            Err(why) => return Quotes::none(&why, lang),
        };
        let (team_only, comments): (Vec<Comment>, Vec<Comment>) = (team_only, comments);
        if comments.len() < limits::MINIMUM_COMMENTS {
            let none = Quotes::none(&NotShown::FewComments(limits::MINIMUM_COMMENTS), lang);
            return none.with_team_only(team_only, self.whose);
        }
        let main = self.main_friction();
        let frictions =
            main.and_then(|line| line.friction.as_ref()).map(most_ticked).unwrap_or_default();
        let day = |week: Option<Week>| {
            week.map(|week| date_in_words(week.monday(), lang)).unwrap_or_default()
        };
        let (first, last) = (quoted_from(series, self.question), series.weeks().last());
        let criteria = Criteria {
            frictions,
            handoff: main.map(|line| self.step_names(&line.element)).unwrap_or_default(),
            upstream: self.upstream(),
            seed: format!(
                "{} {} {} {}",
                self.question.blueprint.journey_type,
                last.map_or(0, |w| w.0),
                self.question.partition,
                self.whose.team
            ),
        };
        let quote = |(criterion, comment): (rule::Criterion, Option<&Comment>)| Quote {
            why: self.say(match criterion {
                rule::Criterion::Praise => "pack-quote-praise",
                rule::Criterion::Typical => "pack-quote-typical",
                rule::Criterion::Upstream => "pack-quote-upstream",
                rule::Criterion::Lot => "pack-quote-lot",
            }),
            text: comment.map(|comment| (ShortText::of(&comment.text, COMMENT), comment.lang)),
        };
        let quotes = rule::choose(&comments, &criteria).map(quote).into();
        let handoff =
            main.map_or_else(|| self.say("pack-no-seam"), |line| self.label(&line.element));
        let rule = Text::new("pack-rule").with("count", comments.len()).with("handoff", handoff);
        let rule = rule.with("first", day(first)).with("week", day(last)).say(lang);
        Quotes { quotes, rule, team_only: Vec::new() }.with_team_only(team_only, self.whose)
    }

    fn label(&self, element: &Element) -> String {
        evidence::heading(self.question, element, self.whose.lang).0
    }

    /// What the steps before the team's own first one are called.
    fn upstream(&self) -> Vec<&str> {
        let steps = self.shown.blueprint.steps.iter();
        let before = steps.take_while(|step| step.team.as_deref() != Some(self.whose.team));
        before.flat_map(both_names).collect()
    }

    fn step_names(&self, element: &Element) -> Vec<&str> {
        let steps = element.steps().into_iter();
        steps.filter_map(|step| self.shown.blueprint.step(step)).flat_map(both_names).collect()
    }

    pub(super) fn line(
        &self,
        place: usize,
        action: &Action,
        found: &Standing,
        series: &Series,
    ) -> Line {
        let (plan, lang) = (&action.plan, self.whose.lang);
        let level = self.say(match plan.level(self.whose.team) {
            Level::Ours => "pack-level-ours",
            Level::Neighbours => "pack-level-neighbours",
            Level::Owners => "pack-level-owners",
        });
        let moves = said::direction(plan.direction, lang);
        let team = said::carrier(plan, self.known, lang);
        Line {
            letter: marks::letter(place),
            text: ShortText::of(&plan.text, ACTION),
            team: ShortText::of(&team, NAME).shown,
            level,
            review: self.review(action, found),
            figure: format!(
                "{} {moves}",
                ShortText::of(
                    &chart_phrases::measure(
                        &self.question.blueprint,
                        &plan.measure,
                        series.kind(&plan.measure),
                        lang
                    ),
                    FIGURE
                )
                .shown
            ),
        }
    }

    /// When an action is looked at; then what came of it.
    fn review(&self, action: &Action, found: &Standing) -> String {
        let lang = self.whose.lang;
        let told = match found {
            Standing::Running(_) => None,
            Standing::Judged(judged) => Some(said::word(judged.verdict.conclusion, lang)),
            Standing::Withheld(why) => Some(why.say(lang)),
        };
        let decided = (action.state != State::Open).then(|| action.state.text().say(lang));
        let day = Some(date_in_words(action.plan.review_on, lang));
        [day, told, decided].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// The newest sentence that customers of these journeys read, in the language of the sheet
    /// where it has one.
    pub(super) fn sentence(&self, sentences: &[Sentence]) -> Option<ShortText> {
        let told = sentences
            .iter()
            .filter(|sentence| sentence.team == self.whose.team && sentence.withdrawn_on.is_none())
            .find(|sentence| {
                sentence.journey_type == self.question.blueprint.journey_type
                    && (sentence.place == self.question.partition
                        || sentence.place == Place::Network)
            })?;
        let lang = self.whose.lang;
        Some(ShortText::of(told.say(lang).or_else(|| told.say(lang.other()))?, SENTENCE))
    }

    /// What is suppressed, the thresholds, what could be seen, who has looked.
    pub(super) fn foot(
        &self,
        floors: privacy::Floors,
        lookers: &[(String, u64)],
        seen: Option<String>,
    ) -> Vec<String> {
        let lang = self.whose.lang;
        let hidden = &self.shown.suppressed;
        let names = hidden.iter().take(HIDDEN).map(|one| {
            let name = ShortText::of(&self.label(&one.element), NAME).shown;
            format!("{name} ({})", one.reason.say(lang))
        });
        let names: Vec<String> = names.collect();
        let more = hidden.len().saturating_sub(HIDDEN);
        let suppressed = match (names.is_empty(), more) {
            (true, _) => self.say("pack-hidden-none"),
            (false, more) => Text::new("pack-hidden")
                .with("names", names.join("; "))
                .with("more", more)
                .say(lang),
        };
        let w = Words(lang);
        let looker = |(role, times): &(String, u64)| {
            let role = journal::phrases::role(&w, role);
            Text::new("pack-looker").with("role", role).with("times", *times).say(lang)
        };
        let looked = match lookers {
            [] => self.say("pack-looked-nobody"),
            some => {
                w.with("pack-looked", "who", some.iter().map(looker).collect::<Vec<_>>().join(", "))
            }
        };
        let answers = Text::new("pack-answers")
            .with("responses", crate::i18n::count(lang, self.shown.responses))
            .with("journeys", crate::i18n::count(lang, self.shown.journeys));
        let thresholds = Text::new("pack-thresholds").with("answers", floors.answers());
        let thresholds =
            thresholds.with("heads", floors.heads()).with("comments", limits::MINIMUM_COMMENTS);
        let first = [answers.say(lang), suppressed, thresholds.say(lang)];
        first.into_iter().chain(seen).chain([looked]).collect()
    }

    /// That something was cut, and how many actions more there are.
    pub(super) fn cut(&self, pack: &Pack, actions: usize) -> Vec<String> {
        let more = actions.saturating_sub(ACTIONS);
        let more = (more > 0)
            .then(|| Text::new("pack-more-actions").with("count", more).say(self.whose.lang));
        let cut = (!pack.in_full().is_empty()).then(|| self.say("pack-cut"));
        [cut, more].into_iter().flatten().collect()
    }
}

/// The kinds of friction, the most ticked first; of equals the one that is asked first.
fn most_ticked(frictions: &Frictions) -> Vec<Friction> {
    let mut kinds: Vec<_> = frictions.kinds.iter().filter(|(_, rate)| rate.value > 0.0).collect();
    kinds.sort_by(|(_, one), (_, other)| other.value.total_cmp(&one.value));
    kinds.into_iter().map(|(kind, _)| *kind).collect()
}

fn both_names(step: &Step) -> [&str; 2] {
    [&step.name.fr, &step.name.en]
}
