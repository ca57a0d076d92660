//! Reads a pack: from the gate, and in the order of the sheet.

use crate::app::App;
use crate::breakdown::picture::timetable;
use crate::breakdown::read::{self, Reading, Why};
use crate::breakdown::request::{Known, Question};
use crate::breakdown::{
    Against, Breakdown, Frictions, Line as Part, Suppressed, evidence, store, words,
};
use crate::calendar::{Week, Zone, date_in_words};
use crate::chart::read::{Asked as Charted, Series};
use crate::chart::{self, Gap, Measure, drawing, words as chart_words};
use crate::discussion::review::Standing;
use crate::discussion::{Action, Level, Sentence, State, marks, review, words as said};
use crate::element::Element;
use crate::error::{Error, Result};
use crate::i18n::{Lang, Text, Words, number};
use crate::id::OrganisationId;
use crate::privacy::{self, Audience, Disclosed, Place, Withheld};
use crate::publication::Window;
use crate::publication::comments::{self, Comment};
use crate::survey::Friction;
use crate::{journal, limits};

use super::rule::{self, Criteria};
use super::{
    ACTION, ACTIONS, COMMENT, Chart, Clamped, FIGURE, HIDDEN, Line, NAME, POINTS, Pack, QUOTED,
    Quote, RELEASES, SENTENCE,
};

/// How long ago somebody may have looked for the foot to say so, in seconds.
const LATELY: i64 = 28 * 86_400;

/// Whose pack it is.
#[derive(Clone, Copy, Debug)]
pub struct Whose<'a> {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The team's code.
    pub team: &'a str,
    /// In which language.
    pub lang: Lang,
    /// Where days begin.
    pub zone: &'a Zone,
}

/// The same question, about the last [`RELEASES`] where no period was asked for.
pub async fn lately(
    app: &App,
    organisation: OrganisationId,
    mut question: Question,
) -> Result<Question> {
    if question.window == Window::default() {
        let visible_at = question.eyes.visible_at(app.clock.now());
        let weeks =
            store::weeks(app.db.reader(), organisation, &question.chain.code, visible_at).await?;
        let first = weeks.len().checked_sub(RELEASES).and_then(|first| weeks.get(first));
        question.window.from = first.copied();
    }
    // A part of the network is set against the rest of it: that is where a fault of its own shows.
    question.against =
        question.against.or((question.partition != Place::Network).then_some(Against::Rest));
    Ok(question)
}

/// The pack of a team, or why nothing of it may be shown.
pub async fn gather(
    app: &App,
    whose: Whose<'_>,
    (known, question): (&Known, &Question),
) -> Result<std::result::Result<Pack, Why>> {
    let (organisation, now) = (whose.organisation, app.clock.now());
    let shown = match read::read(&app.db, organisation, question, now).await? {
        Reading::Shown(shown) => shown,
        Reading::Withheld(why) => return Ok(Err(why)),
    };
    // A chart needs more weeks than a sheet is about: what quiet weeks stay within was set long before.
    let window = Window { from: None, ..question.window };
    let alone = Question { window, against: None, ..question.clone() };
    let series = Series::read(&app.db, organisation, &alone, now).await?;
    let connection = app.db.reader();
    let actions = crate::discussion::store::actions(connection, organisation).await?;
    let sentences = crate::discussion::store::sentences(connection, organisation).await?;
    let settings = privacy::store::settings(connection, organisation).await?;
    let settings =
        settings.ok_or_else(|| Error::Internal("the organisation is gone".to_owned()))?;
    let lookers =
        journal::store::looks_since(&app.db, organisation, whose.team, now - LATELY).await?;
    let asked = comments::Asked {
        journey_type: &question.chain.code,
        place: &question.partition,
        window: Window { from: quoted_from(&series, question), ..question.window },
        audience: Audience::Team,
        now,
    };
    let comments = comments::read(&app.db, organisation, &asked).await?;
    let sheet = Sheet { whose, known, question, shown: &shown };
    let actions = sheet.actions(&actions);
    let told: Vec<Action> = actions.iter().take(ACTIONS).map(|action| (*action).clone()).collect();
    let eyes = (&question.eyes, whose.zone);
    let standings = review::standings(&app.db, organisation, &told, eyes, now).await?;
    let (quotes, rule) = sheet.quotes(comments, &series);
    let lines = told.iter().zip(&standings).enumerate();
    let lines = lines
        .map(|(place, (action, standing))| sheet.line(place, action, standing, &series))
        .collect();
    let strip = timetable::draw(&shown, Some(whose.team), whose.lang);
    let mut pack = Pack {
        lang: whose.lang,
        team: Clamped::of(&sheet.name(whose.team), NAME).shown,
        about: words::about(&shown, whose.lang),
        lede: sheet.lede(),
        map_notes: sheet.map_notes(&strip),
        map: strip.svg,
        chart: sheet.chart(&series, &actions),
        quotes,
        rule,
        actions: lines,
        sentence: sheet.sentence(&sentences),
        foot: sheet.foot(settings.floors, &lookers),
        cut: Vec::new(),
    };
    pack.cut = sheet.cut(&pack, actions.len());
    Ok(Ok(pack))
}

/// The first week whose comments are read.
fn quoted_from(series: &Series, question: &Question) -> Option<Week> {
    let weeks: Vec<Week> = series.weeks().filter(|week| question.window.contains(*week)).collect();
    weeks.iter().rev().take(QUOTED).next_back().copied()
}

/// What the parts of the sheet are made from.
struct Sheet<'a> {
    whose: Whose<'a>,
    known: &'a Known,
    question: &'a Question,
    shown: &'a Disclosed<Breakdown>,
}

impl Sheet<'_> {
    fn say(&self, key: &str) -> String {
        Words(self.whose.lang).say(key)
    }

    fn name(&self, team: &str) -> String {
        said::team(team, self.known, self.whose.lang)
    }

    /// Where the points are lost, and how many: what stands out against the rest says nothing of the level.
    fn lede(&self) -> String {
        let told = words::tell(self.shown, self.whose.lang);
        let level = self.shown.against.and(told.more.into_iter().next());
        // Where nothing stands out there is still something to talk about.
        let main = self.main_friction().filter(|_| self.shown.leading.is_none()).and_then(|line| {
            let share = number(self.whose.lang, 100.0 * line.friction.as_ref()?.any.share, 0);
            let text = Text::new("pack-main-friction").with("handoff", self.label(&line.element));
            Some(text.with("share", share).say(self.whose.lang))
        });
        [Some(told.lede), level, main].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Detours, names in full and what is left out.
    fn map_notes(&self, strip: &timetable::Strip) -> Vec<String> {
        let told = |key: &'static str, all: &[String]| {
            (!all.is_empty())
                .then(|| Text::new(key).with("names", all.join("; ")).say(self.whose.lang))
        };
        let names: Vec<String> =
            strip.cut.iter().map(|name| Clamped::of(name, NAME).shown).collect();
        let notes = [
            told("pack-detours", &strip.detours),
            told("pack-names", &names),
            timetable::left_out(strip, self.whose.lang),
        ];
        notes.into_iter().flatten().collect()
    }

    /// The handoff of the team at which most met friction: what the teams of it meet about.
    fn main_friction(&self) -> Option<&Part> {
        let chain = &self.shown.chain;
        let own = self
            .shown
            .lines
            .iter()
            .filter(|line| chain.teams(&line.element).contains(&self.whose.team));
        let share =
            |line: &&Part| line.friction.as_ref().map_or(0.0, |frictions| frictions.any.share);
        own.filter(|line| line.friction.is_some())
            .max_by(|one, other| share(one).total_cmp(&share(other)))
    }

    /// What this team and its neighbours try at this place, the ones that are being tried first.
    fn actions<'b>(&self, actions: &'b [Action]) -> Vec<&'b Action> {
        let here = |place: &Place| *place == self.question.partition || *place == Place::Network;
        let mut own: Vec<&Action> = actions
            .iter()
            .filter(|action| action.discussion.journey_type == self.question.chain.code)
            .filter(|action| {
                action.discussion.has(self.whose.team) && here(&action.discussion.place)
            })
            .collect();
        own.sort_by_key(|action| {
            (action.state != State::Open, std::cmp::Reverse(action.plan.start), action.id)
        });
        own
    }

    /// The figure that the first action should move; without one the main friction; where either has too few points yet, the
    /// outcome, and it is said.
    fn chart(&self, series: &Series, actions: &[&Action]) -> std::result::Result<Chart, String> {
        let lang = self.whose.lang;
        let main = self.main_friction().map(|line| Measure::Of(line.element.clone()));
        let wanted = actions.first().map(|action| action.plan.measure.clone()).or(main);
        let mut thin = None;
        for measure in wanted.into_iter().chain([Measure::Outcome]) {
            let heading =
                chart_words::heading(&self.question.chain, &measure, series.kind(&measure), lang);
            let heading = Clamped::of(&heading, FIGURE).shown;
            let asked = Charted { question: self.question.clone(), measure, baseline_until: None };
            let last = asked.measure == Measure::Outcome;
            match series.chart(&asked) {
                Ok(chart)
                    if last
                        || chart.points.iter().filter(|point| point.seen.is_ok()).count()
                            >= POINTS =>
                {
                    return Ok(self.drawn(&chart, heading, actions, thin));
                }
                Ok(_) => thin = Some(Text::new("pack-thin").with("measured", heading).say(lang)),
                Err(gap) if last => {
                    return Err(format!("{heading}: {}", chart_words::gap(&gap, lang)));
                }
                Err(_) => thin = Some(Text::new("pack-thin").with("measured", heading).say(lang)),
            }
        }
        Err(chart_words::gap(&Gap::Unrecorded, lang))
    }

    fn drawn(
        &self,
        chart: &Disclosed<chart::Chart>,
        heading: String,
        actions: &[&Action],
        thin: Option<String>,
    ) -> Chart {
        let lang = self.whose.lang;
        let here = |action: &Action| {
            action.plan.measure == chart.measure
                || chart.measure.element() == Some(&action.discussion.handoff)
        };
        let lettered = actions.iter().take(ACTIONS).enumerate().filter(|(_, action)| here(action));
        let marks: Vec<drawing::Mark> = lettered
            .map(|(place, action)| drawing::Mark {
                week: action.plan.start,
                letter: marks::letter(place),
                words: action.plan.text.clone(),
            })
            .collect();
        let first =
            chart.findings.first().map(|finding| chart_words::finding(chart, finding, lang));
        let said = [thin, Some(chart_words::lede(chart, lang)), first];
        let lede = said.into_iter().flatten().collect::<Vec<_>>().join(" ");
        Chart { heading, lede, svg: drawing::draw(chart, &marks, drawing::Paper::Sheet, lang) }
    }

    /// The four comments, and the rule that chose them.
    fn quotes(
        &self,
        comments: std::result::Result<Disclosed<Vec<Comment>>, Withheld>,
        series: &Series,
    ) -> (Vec<Quote>, String) {
        let lang = self.whose.lang;
        let comments = match comments {
            Ok(comments) => comments,
            Err(why) => {
                let why = why.text().say(lang);
                return (Vec::new(), Text::new("pack-no-comments").with("why", why).say(lang));
            }
        };
        let main = self.main_friction();
        let names = |element: &Element| -> Vec<&str> {
            let stops = element.steps().into_iter().filter_map(|step| self.shown.chain.stop(step));
            stops.flat_map(|stop| [stop.name.fr.as_str(), stop.name.en.as_str()]).collect()
        };
        let frictions =
            main.and_then(|line| line.friction.as_ref()).map(most_ticked).unwrap_or_default();
        let day = |week: Option<Week>| {
            week.map(|week| date_in_words(week.monday(), lang)).unwrap_or_default()
        };
        let (first, last) = (quoted_from(series, self.question), series.weeks().last());
        let criteria = Criteria {
            frictions,
            handoff: main.map(|line| names(&line.element)).unwrap_or_default(),
            upstream: self.upstream(),
            seed: format!(
                "{} {} {} {}",
                self.question.chain.code,
                last.map_or(0, |w| w.0),
                self.question.partition,
                self.whose.team
            ),
        };
        let quote = |(place, comment): (rule::Place, Option<&Comment>)| Quote {
            why: self.say(match place {
                rule::Place::Praise => "pack-quote-praise",
                rule::Place::Typical => "pack-quote-typical",
                rule::Place::Upstream => "pack-quote-upstream",
                rule::Place::Lot => "pack-quote-lot",
            }),
            text: comment.map(|comment| (Clamped::of(&comment.text, COMMENT), comment.lang)),
        };
        let quotes = rule::choose(&comments, &criteria).map(quote).into();
        let handoff =
            main.map_or_else(|| self.say("pack-no-seam"), |line| self.label(&line.element));
        let rule = Text::new("pack-rule").with("count", comments.len()).with("handoff", handoff);
        let rule = rule.with("first", day(first)).with("week", day(last));
        (quotes, rule.say(lang))
    }

    fn label(&self, element: &Element) -> String {
        evidence::heading(self.question, element, self.whose.lang).0
    }

    /// What the steps before the team's own first one are called.
    fn upstream(&self) -> Vec<&str> {
        let stops = self.shown.chain.stops.iter();
        let before = stops.take_while(|stop| stop.team.as_deref() != Some(self.whose.team));
        before.flat_map(|stop| [stop.name.fr.as_str(), stop.name.en.as_str()]).collect()
    }

    fn line(&self, place: usize, action: &Action, found: &Standing, series: &Series) -> Line {
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
            text: Clamped::of(&plan.text, ACTION),
            team: Clamped::of(&team, NAME).shown,
            level,
            review: self.review(action, found),
            figure: format!(
                "{} {moves}",
                Clamped::of(
                    &chart_words::measure(
                        &self.question.chain,
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
            Standing::Judged(judged) => Some(said::word(judged.verdict.says, lang)),
            Standing::Withheld(why) => Some(why.say(self.whose.zone, lang)),
        };
        let decided = (action.state != State::Open).then(|| action.state.text().say(lang));
        let day = Some(date_in_words(action.plan.review_on, lang));
        [day, told, decided].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// The newest sentence that customers of these journeys read, in the language of the sheet where it has one.
    fn sentence(&self, sentences: &[Sentence]) -> Option<Clamped> {
        let told = sentences
            .iter()
            .filter(|sentence| sentence.team == self.whose.team && sentence.withdrawn_on.is_none())
            .find(|sentence| {
                sentence.journey_type == self.question.chain.code
                    && (sentence.place == self.question.partition
                        || sentence.place == Place::Network)
            })?;
        let lang = self.whose.lang;
        Some(Clamped::of(told.say(lang).or_else(|| told.say(lang.other()))?, SENTENCE))
    }

    /// What is suppressed, the thresholds, who has looked.
    fn foot(&self, floors: privacy::Floors, lookers: &[(String, u64)]) -> Vec<String> {
        let lang = self.whose.lang;
        let hidden = &self.shown.suppressed;
        let named = |hidden: &Suppressed| {
            format!(
                "{} ({})",
                Clamped::of(&self.label(&hidden.element), NAME).shown,
                hidden.reason.text().say(lang)
            )
        };
        let names: Vec<String> = hidden.iter().take(HIDDEN).map(named).collect();
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
            let role = journal::words::role(&w, role);
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
        vec![answers.say(lang), suppressed, thresholds.say(lang), looked]
    }

    /// That something was cut, and how many actions more there are.
    fn cut(&self, pack: &Pack, actions: usize) -> Vec<String> {
        let more = actions.saturating_sub(ACTIONS);
        let more = (more > 0)
            .then(|| Text::new("pack-more-actions").with("count", more).say(self.whose.lang));
        let cut = (!pack.in_full().is_empty()).then(|| self.say("pack-cut"));
        [cut, more].into_iter().flatten().collect()
    }
}

/// The kinds of friction, the most ticked first; of equals the one that is asked first.
fn most_ticked(frictions: &Frictions) -> Vec<Friction> {
    let mut kinds: Vec<_> = frictions.kinds.iter().filter(|(_, rate)| rate.share > 0.0).collect();
    kinds.sort_by(|(_, one), (_, other)| other.share.total_cmp(&one.share));
    kinds.into_iter().map(|(kind, _)| *kind).collect()
}

/// What is looked at, as the access log names it.
pub fn place(question: &Question) -> String {
    format!("pack {} {}", question.chain.code, question.partition)
}
