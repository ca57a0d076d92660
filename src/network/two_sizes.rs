//! How shapes become the two drawings of a page: one for a wide window and for paper, one for a
//! phone.

use crate::breakdown::picture::drawing::{Drawing, Shape, px};

/// A drawing in its two forms.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Picture {
    /// What it is called, by which its frame is told from another of the same page.
    pub(crate) name: String,
    pub(crate) wide: String,
    pub(crate) tall: String,
}

/// For which width something is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paper {
    Wide,
    Tall,
}

impl Paper {
    /// How wide it is; the style sheet shows both at their own size.
    pub(crate) fn width(self) -> f64 {
        match self {
            Self::Wide => 900.0,
            Self::Tall => 296.0,
        }
    }

    /// So many letters of a small label fit into a width.
    pub(crate) fn letters(width: f64) -> usize {
        (width / 7.2).max(1.0) as usize
    }
}

/// What a drawing shows, and how high it is.
pub(crate) struct Sheet {
    pub(crate) height: f64,
    pub(crate) shapes: Vec<Shape>,
}

/// Both forms of the first picture of a page, with what it is called and what it says to those who
/// hear it.
pub(crate) fn picture(title: &str, description: &str, draw: impl Fn(Paper) -> Sheet) -> Picture {
    pair(["wide", "tall"], title, description, draw)
}

/// Both forms of the second one, which needs names of its own.
pub(crate) fn second(title: &str, description: &str, draw: impl Fn(Paper) -> Sheet) -> Picture {
    pair(["wide-second", "tall-second"], title, description, draw)
}

fn pair(
    ids: [&'static str; 2],
    title: &str,
    description: &str,
    draw: impl Fn(Paper) -> Sheet,
) -> Picture {
    let [wide, tall] = ids;
    let svg = |id, paper: Paper| {
        let sheet = draw(paper);
        let (title, description) = (title.to_owned(), description.to_owned());
        Drawing {
            id,
            width: paper.width(),
            height: px(sheet.height),
            title,
            description,
            shapes: sheet.shapes,
            linked: false,
        }
        .svg()
    };
    Picture { name: title.to_owned(), wide: svg(wide, Paper::Wide), tall: svg(tall, Paper::Tall) }
}
