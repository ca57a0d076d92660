//! Which data there are, what they hold and how long they are kept.

#[derive(Clone, Copy, Debug)]
pub struct Category {
    /// Keys of texts, as the next two.
    pub name: &'static str,
    pub holds: &'static str,
    pub kept: &'static str,
    pub tables: &'static str,
}

/// Every table that exists belongs to one of these; a guarantee checks it on the live database.
pub const CATEGORIES: [Category; 11] = [
    Category {
        name: "dossier-data-organisation",
        holds: "dossier-data-organisation-holds",
        kept: "dossier-kept-organisation",
        tables: "organisation site team headcount journey_type step",
    },
    Category {
        name: "dossier-data-journeys",
        holds: "dossier-data-journeys-holds",
        kept: "dossier-kept-journeys",
        tables: "journey element variant import_note faded_week feed_day",
    },
    Category {
        name: "dossier-data-addresses",
        holds: "dossier-data-addresses-holds",
        kept: "dossier-kept-addresses",
        tables: "contact contact_date opt_out",
    },
    Category {
        name: "dossier-data-asking",
        holds: "dossier-data-asking-holds",
        kept: "dossier-kept-asking",
        tables: "asking_rule questionnaire decision invitation link mail",
    },
    Category {
        name: "dossier-data-answers",
        holds: "dossier-data-answers-holds",
        kept: "dossier-kept-answers",
        tables: "response",
    },
    Category {
        name: "dossier-data-comments",
        holds: "dossier-data-comments-holds",
        kept: "dossier-kept-comments",
        tables: "comment staff_name",
    },
    Category {
        name: "dossier-data-published",
        holds: "dossier-data-published-holds",
        kept: "dossier-kept-published",
        tables: "release atom cells flow flow_step flow_path channel",
    },
    Category {
        name: "dossier-data-discussions",
        holds: "dossier-data-discussions-holds",
        kept: "dossier-kept-discussions",
        tables: "discussion note action obstacle sentence notice",
    },
    Category {
        name: "dossier-data-access",
        holds: "dossier-data-access-holds",
        kept: "dossier-kept-access",
        tables: "account membership session sign_in_link second_factor recovery_code api_key",
    },
    Category {
        name: "dossier-data-journals",
        holds: "dossier-data-journals-holds",
        kept: "dossier-kept-journals",
        tables: "journal_entry access_entry",
    },
    Category {
        name: "dossier-data-work",
        holds: "dossier-data-work-holds",
        kept: "dossier-kept-work",
        tables: "job seaql_migrations",
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::guarantee::dossier::categories::*;
    use crate::schema::allow_list::CATALOGUE;

    #[test]
    fn every_table_is_in_one_category() {
        let told: Vec<&str> =
            CATEGORIES.iter().flat_map(|category| category.tables.split(' ')).collect();
        let agreed: BTreeSet<&str> = CATALOGUE.iter().map(|(table, _)| *table).collect();
        assert_eq!(told.iter().copied().collect::<BTreeSet<_>>(), agreed);
        assert_eq!(told.len(), agreed.len(), "a table in two categories");
    }
}
