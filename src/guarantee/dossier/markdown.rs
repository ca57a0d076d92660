//! The dossier as plain text, which Markdown also reads.

use super::{Dossier, Part};

impl Dossier {
    pub fn to_markdown(&self) -> String {
        let mut out = format!("# {}\n\n{}\n", self.title, self.about);
        for (number, chapter) in self.chapters.iter().enumerate() {
            out.push_str(&format!("\n## {}. {}\n", number + 1, chapter.title));
            for part in &chapter.parts {
                out.push('\n');
                out.push_str(&written(part));
            }
        }
        out
    }
}

fn written(part: &Part) -> String {
    match part {
        Part::Paragraph(text) => format!("{text}\n"),
        Part::Points(points) => points.iter().map(|point| format!("- {point}\n")).collect(),
        Part::Table { head, rows } => {
            let rule = vec!["---".to_owned(); head.len()];
            let lines = [head, &rule].into_iter().chain(rows);
            lines.map(|cells| row(cells)).collect()
        }
        Part::Signatures(who) => {
            who.iter().map(|who| format!("{who}\n\n    {}\n\n", "_".repeat(48))).collect()
        }
    }
}

/// A bar or a line end inside a cell would end it.
fn row(cells: &[String]) -> String {
    let cells = cells.iter().map(|text| text.replace('|', "\\|").replace('\n', " "));
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

#[cfg(test)]
mod tests {
    use crate::guarantee::dossier::markdown::*;

    #[test]
    fn a_cell_cannot_break_its_table() {
        assert_eq!(row(&["a|b".to_owned(), "c\nd".to_owned()]), "| a\\|b | c d |\n");
    }
}
