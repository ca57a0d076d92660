//! Shapes, and how they become SVG.

use askama::Template;

/// Wider than this, shrinking the chain to a page would make its words too small: it is scrolled
/// instead.
const WIDEST: f64 = 1440.0;

/// A finished drawing: shapes in the order of painting.
#[derive(Template)]
#[template(path = "breakdown/drawing.svg")]
pub(crate) struct Drawing {
    /// Distinguishes the two drawings of one page: patterns and titles need ids of their own.
    pub(crate) id: &'static str,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) shapes: Vec<Shape>,
    /// Whether its parts lead somewhere: then it is a group of links, and no single image.
    pub(crate) linked: bool,
}

impl Drawing {
    fn is_long(&self) -> bool {
        self.width > WIDEST
    }

    pub(crate) fn svg(&self) -> String {
        // Writing into memory cannot fail; a template that did would show in every test.
        self.render().unwrap_or_default()
    }
}

/// What a drawing is made of.
#[derive(Debug)]
pub(crate) enum Shape {
    /// A filled rectangle.
    Band { x: f64, y: f64, width: f64, height: f64, fill: Fill },
    /// A stroke, as SVG path data.
    Path { d: String, class: &'static str },
    /// A stroke as thick as the points it stands for.
    Arc { d: String, thickness: f64, fill: Fill },
    /// A stroke as thick as it is travelled.
    Line { d: String, class: &'static str, thickness: f64 },
    /// A stop.
    Ring { x: f64, y: f64, r: f64, class: &'static str },
    /// Words; `whole` is what they say when they had to be cut.
    Label { x: f64, y: f64, class: String, words: String, whole: Option<String> },
    /// A part that leads to its evidence.
    Link { x: f64, y: f64, width: f64, height: f64, link: Link },
}

/// Where a part of the picture leads, and what it is called there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) label: String,
}

impl Shape {
    pub(crate) fn band(x: f64, y: f64, width: f64, height: f64, fill: Fill) -> Self {
        Self::Band { x: px(x), y: px(y), width: px(width), height: px(height), fill }
    }

    pub(crate) fn link(x: f64, y: f64, width: f64, height: f64, link: Link) -> Self {
        Self::Link { x: px(x), y: px(y), width: px(width), height: px(height), link }
    }

    pub(crate) fn ring(x: f64, y: f64, r: f64, class: &'static str) -> Self {
        Self::Ring { x: px(x), y: px(y), r, class }
    }

    pub(crate) fn label(
        x: f64,
        y: f64,
        class: impl Into<String>,
        words: impl Into<String>,
    ) -> Self {
        Self::Label { x: px(x), y: px(y), class: class.into(), words: words.into(), whole: None }
    }

    /// The two lines of a name, downwards from `y`; a name that had to be cut keeps its whole self
    /// in a title.
    pub(crate) fn name(x: f64, y: f64, class: &str, name: &str, length: usize) -> Vec<Self> {
        Self::wrapped(x, y, class, name, wrapped(name, length, 2))
    }

    /// The lines of a name, the last of them at `y`, each of at most so many characters.
    pub(crate) fn lines(
        x: f64,
        y: f64,
        class: &str,
        name: &str,
        (length, most): (usize, usize),
    ) -> Vec<Self> {
        let lines = wrapped(name, length, most);
        let top = y - 14.0 * (lines.len() as f64 - 1.0);
        let lines = Self::wrapped(x, top, class, name, lines);
        lines
            .into_iter()
            .enumerate()
            .map(|(place, line)| line.moved_up(3.0 * place as f64))
            .collect()
    }

    /// Whether it is a label that had to be cut.
    pub(crate) fn is_cut(&self) -> bool {
        matches!(self, Self::Label { whole: Some(_), .. })
    }

    fn moved_up(mut self, by: f64) -> Self {
        if let Self::Label { y, .. } = &mut self {
            *y = px(*y - by);
        }
        self
    }

    fn wrapped(x: f64, y: f64, class: &str, name: &str, lines: Vec<String>) -> Vec<Self> {
        let cut = lines.iter().any(|line| line.ends_with('…'));
        let line = |(place, words): (usize, String)| Self::Label {
            x: px(x),
            y: px(y + 17.0 * place as f64),
            class: class.to_owned(),
            words,
            whole: cut.then(|| name.to_owned()),
        };
        lines.into_iter().enumerate().map(line).collect()
    }
}

/// A length to a tenth of a pixel, which is as fine as anybody sees.
pub(crate) fn px(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

/// Breaks a name into at most `lines` lines of about `length` characters; what does not fit is cut
/// with an ellipsis.
pub(crate) fn wrapped(name: &str, length: usize, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match out.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= length => {
                line.push(' ');
                line.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    let too_many = out.len() > lines;
    out.truncate(lines);
    let last = out.len().saturating_sub(1);
    for (place, line) in out.iter_mut().enumerate() {
        if line.chars().count() > length || (too_many && place == last) {
            *line = format!(
                "{}…",
                line.chars().take(length.saturating_sub(1)).collect::<String>().trim_end()
            );
        }
    }
    out
}

/// How a band is filled: told by pattern as well as by colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fill {
    /// Nothing to fill.
    #[default]
    None,
    /// Lost as customers rated it.
    Rated,
    /// Lost by dates and delays.
    Dates,
    /// Cannot be told apart from zero.
    Uncertain,
    /// Belongs to no element.
    Untraced,
    /// Won back.
    MadeUp,
}

impl Fill {
    /// The class of the style sheet.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Rated => "rated",
            Self::Dates => "dates",
            Self::Uncertain => "uncertain",
            Self::Untraced => "untraced",
            Self::MadeUp => "made-up",
        }
    }

    /// The pattern that fills it, where it is not one plain colour.
    pub(crate) fn pattern(self) -> Option<&'static str> {
        match self {
            Self::Dates | Self::Uncertain => Some(self.class()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::breakdown::picture::drawing::*;

    #[test]
    fn long_names_are_cut_with_an_ellipsis_and_keep_their_whole_self() {
        assert_eq!(wrapped("Restitution du véhicule", 14, 2), ["Restitution du", "véhicule"]);
        assert_eq!(wrapped("Anticonstitutionnellement", 10, 2), ["Anticonst…"]);
        assert_eq!(wrapped("a b c d e f", 3, 2), ["a b", "c…"]);
    }
}
