//! How shapes become the two drawings of a page: one for a wide window and for paper, one for a phone.

use crate::breakdown::drawing::{Drawing, Shape, px};

/// A drawing in its two forms.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Picture {
    /// What it is called, by which its frame is told from another of the same page.
    pub(super) name: String,
    pub(super) wide: String,
    pub(super) tall: String,
}

/// For which width something is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    Wide,
    Tall,
}

impl Paper {
    /// How wide it is; the style sheet shows both at their own size.
    pub(super) fn width(self) -> f64 {
        match self {
            Self::Wide => 900.0,
            Self::Tall => 296.0,
        }
    }

    /// So many letters of a small label fit into a width.
    pub(super) fn letters(width: f64) -> usize {
        (width / 7.2).max(1.0) as usize
    }
}

/// What a drawing shows, and how high it is.
pub(super) struct Sheet {
    pub(super) height: f64,
    pub(super) shapes: Vec<Shape>,
}

/// Both forms of the first picture of a page, with what it is called and what it says to those who hear it.
pub(super) fn picture(title: &str, description: &str, draw: impl Fn(Paper) -> Sheet) -> Picture {
    pair(["wide", "tall"], title, description, draw)
}

/// Both forms of the second one, which needs names of its own.
pub(super) fn second(title: &str, description: &str, draw: impl Fn(Paper) -> Sheet) -> Picture {
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
