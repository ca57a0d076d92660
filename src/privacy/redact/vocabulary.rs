//! The words around a name that tell that it is one, in each language; in small letters without accents.

use crate::i18n::Lang;

/// Such words of one language.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// Titles that stand before a name and nowhere else, as they are mostly written.
    pub(super) short_titles: &'static [&'static str],
    /// Titles that are also words.
    pub(super) titles: &'static [&'static str],
    /// Words after a title that begin no name, beside common ones.
    pub(super) closed: &'static [&'static str],
    /// What is said right before a name, even one in small letters: one to three words.
    pub(super) announces: &'static [&'static str],
    /// What is said before a name or before something else.
    pub(super) precedes: &'static [&'static str],
    /// Articles and the like: what follows is a thing.
    pub(super) determiners: &'static [&'static str],
    /// Before a place or a firm.
    pub(super) locates: &'static [&'static str],
    /// What follows is a road or a house, which may bear a name.
    pub(super) houses: &'static [&'static str],
    /// What came before is a road, a house or a firm.
    pub(super) houses_after: &'static [&'static str],
    /// What somebody who is named does or is: follows a name at the start of a sentence.
    pub(super) acts: &'static [&'static str],
    /// The same where the name may be a place or a car: said of people alone.
    pub(super) acts_of_people: &'static [&'static str],
    /// Between a name and where its bearer works.
    pub(super) at: &'static [&'static str],
    /// Where people work.
    pub(super) workplaces: &'static [&'static str],
    /// Their roles.
    pub(super) roles: &'static [&'static str],
    /// Inside of surnames.
    pub(super) particles: &'static [&'static str],
    /// Between two names.
    pub(super) and: &'static [&'static str],
}

/// The words of a language.
pub(super) fn of(lang: Lang) -> &'static Vocabulary {
    match lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    }
}

static FR: Vocabulary = Vocabulary {
    short_titles: &["mme", "mmes", "mlle", "mlles", "mr", "mrs", "ms", "mm", "dr"],
    titles: &[
        "monsieur", "madame", "mademoiselle", "messieurs", "mesdames", "docteur", "docteure", "pr", "prof", "professeur",
        "maitre", "me", "miss", "lieutenant", "capitaine", "brigadier",
    ],
    closed: &[
        "a", "et", "ou", "qui", "que", "est", "de", "du", "des", "la", "le", "les", "un", "une", "en", "au", "ne", "n",
        "m", "s", "l", "d", "tout", "avec", "pour", "vous", "je", "j", "il", "elle", "ma", "mon", "votre", "c", "etait",
    ],
    announces: &[
        "merci a", "grace a", "bravo a", "bravo", "chapeau a", "felicitations a", "un certain", "une certaine", "nomme",
        "nommee", "prenomme", "prenommee", "denomme", "denommee", "appelle", "appelait", "appelee", "appele", "signe",
        "collegue", "dixit", "surnomme", "remercie", "remercier", "bonjour", "prenom",
    ],
    precedes: &[
        "avec", "par", "eu", "ai", "merci", "surtout", "c est", "demande", "demandez", "parle a", "confie a", "remis a",
        "dit a", "rappele", "que", "felicite", "feliciter", "et", "puis", "annonce", "cordialement", "mention a", "vu",
        "explique a", "donne a", "signale a", "salue", "notamment", "chez", "mais", "pourtant", "ou", "part de", "nom de",
        "repondu a", "envoye a", "contacte", "joindre", "rencontre", "voir", "mot a", "madame", "quand", "car", "comme",
    ],
    determiners: &[
        "le", "la", "les", "l", "un", "une", "des", "du", "mon", "ma", "mes", "ton", "ta", "son", "sa", "ses", "notre",
        "nos", "votre", "vos", "leur", "leurs", "ce", "cet", "cette", "ces", "au", "aux", "quelle", "quel", "aucun",
        "aucune", "grande", "petite", "belle", "deux", "trois",
    ],
    locates: &["a", "de", "d", "en", "chez", "dans", "sur", "vers", "depuis", "pres", "marque", "site", "via", "sous", "entre"],
    houses: &[
        "rue", "avenue", "boulevard", "bd", "place", "quai", "impasse", "chemin", "hopital", "clinique", "lycee", "college",
        "ecole", "creche", "gare", "station", "arret", "stade", "centre", "institut", "fondation", "saint", "sainte", "st",
        "ste", "garage", "garages", "maison", "pharmacie", "boulangerie", "cabinet", "transports", "etablissements", "ets",
        "groupe", "societe", "residence", "square", "pont", "tour", "espace", "salle", "chu", "metro",
    ],
    houses_after: &["automobiles", "auto", "autos", "sa", "sarl", "sas", "freres", "fils", "immobilier", "voyages", "transports"],
    acts: &[
        "m", "nous", "a", "ont", "est", "etait", "etaient", "avait", "n", "ne", "s", "se", "sera", "fait", "ma", "super", "top", "tres", "toujours", "vraiment", "au top", "connait", "sait", "parle", "repond",
        "transmet", "oublie", "prend", "merite", "devait", "devrait", "doit", "vient", "puis", "donne", "reste", "travaille",
        "explique", "genial", "geniale", "formidable", "parfait", "parfaite", "adorable", "sympa", "pro",
        "nickel", "et son", "et sa", "met", "va", "gere",
    ],
    acts_of_people: &[
        "m a", "m avait", "m ont", "nous a", "a su", "a pris", "a fait", "a tout", "a ete", "s est", "est venu", "est venue",
        "etait en conge", "ne m a", "n a pas rappele", "a repondu", "a rappele", "a regle", "a trouve", "m aide",
        "a promis", "a gere", "a toujours", "ma rappele", "ma dit", "ma aide", "connait son", "est adorable", "est tres gentil",
        "est tres gentille", "est tres douce", "a refuse", "a dit", "a explique", "a propose",
    ],
    at: &["a", "au", "aux", "de", "d", "du", "des", "en", "chez", "dans", "sur"],
    workplaces: WORKPLACES_FR,
    roles: &[
        "accueil", "facteur", "technicien", "technicienne", "conseiller", "conseillere", "mecanicien",
        "mecanicienne", "receptionniste", "vendeur", "vendeuse", "infirmier", "infirmiere", "medecin", "kine", "chirurgien",
        "chirurgienne", "sage-femme", "secretaire", "assistant", "assistante", "livreur", "livreuse", "chauffeur",
        "responsable", "directeur", "directrice", "manager", "gardien", "gardienne", "poseur", "plombier", "collegue",
        "interlocuteur", "interlocutrice", "hotesse", "stagiaire", "apprenti", "apprentie", "gestionnaire", "agent",
        "aide-soignante", "aide-soignant", "interne", "carrossier", "chef", "commercial", "commerciale", "employe",
        "employee", "garagiste", "patron", "patronne", "depanneur", "fils", "fille", "mari", "femme", "mere", "pere",
        "voisin", "voisine", "dentiste", "pharmacien", "pharmacienne", "kinesitherapeute", "animatrice", "animateur",
        "professeur", "maitresse", "ami", "amie", "frere", "soeur", "operateur", "operatrice", "serveur", "serveuse",
        "coiffeuse", "coiffeur", "expert", "experte", "guichetier", "guichetiere", "caissier", "caissiere", "boss",
    ],
    particles: &["de", "du", "des", "la", "le", "les", "van", "von", "der", "den", "da", "dos", "di", "del", "el", "al", "ben", "bin", "ould", "d"],
    and: &["et", "ou", "puis"],
};

const WORKPLACES_FR: &[&str] = &[
    "accueil", "atelier", "reception", "comptoir", "service", "guichet", "caisse", "standard", "planning", "rayon",
    "radiologie", "facturation", "comptabilite", "secretariat", "agence", "bureau", "magasin", "boutique", "garage", "sav",
    "laboratoire", "labo", "pediatrie", "maternite", "urgences", "bloc", "cantine", "creche", "entrepot", "depot",
    "telephone", "tel", "hotline", "support", "livraison", "assurance", "financement", "pieces", "carrosserie", "mecanique",
    "depannage", "mairie", "banque", "hopital", "pharmacie", "concession", "siege", "urbanisme", "etat", "vente", "ventes",
    "direction", "gestion", "contentieux", "sinistres", "logistique", "location", "pret", "credit", "relais", "gare",
    "ecole", "clinique", "centre", "plateau", "poste", "resiliation", "reclamations", "relation", "nuit", "kine", "stock",
    "restauration", "cuisine", "vestiaire", "parking", "pompe", "station", "nettoyage", "lavage", "controle", "equipe",
];

static EN: Vocabulary = Vocabulary {
    short_titles: &["mr", "mrs", "ms", "mx", "dr", "messrs", "mme", "mlle"],
    titles: &[
        "miss", "doctor", "prof", "professor", "sir", "madam", "nurse", "sister", "matron", "officer", "inspector", "pc",
        "sergeant", "sgt", "captain", "cllr", "councillor", "reverend", "rev", "father", "lord", "lady", "mister", "monsieur", "madame",
    ],
    closed: &[
        "who", "and", "or", "is", "was", "the", "a", "an", "of", "in", "at", "on", "for", "to", "from", "i", "you", "he",
        "she", "it", "we", "they", "my", "your", "has", "had", "said", "told", "s", "with", "that", "not",
    ],
    announces: &[
        "thanks to", "thank you to", "thank you", "thanks", "kudos to", "well done", "out to", "cheers", "named", "called",
        "name is", "name was", "a certain", "one certain", "colleague", "spoke to", "spoke with", "speak to", "speaking to",
        "spoken to", "talked to", "ask for", "asked for", "dear", "hi", "hello", "signed", "someone called", "agreed with",
        "dealt with", "helped by", "served by", "especially", "credit to", "thank",
    ],
    precedes: &[
        "by", "with", "and", "then", "it was", "it is", "that", "but", "while", "regards", "sincerely", "especially", "when",
        "from", "see", "saw", "praise", "between", "please thank", "sent", "give", "because", "told", "asked", "to", "or",
        "yours", "of", "for", "until", "is", "was", "met",
    ],
    determiners: &[
        "the", "a", "an", "my", "your", "our", "their", "his", "her", "its", "this", "that", "these", "those", "some", "any",
        "no", "every", "each", "new", "old", "two", "three", "of",
    ],
    locates: &["at", "in", "near", "on", "via", "into", "onto", "outside", "around", "through", "across", "from", "to", "of", "than"],
    houses: &["st", "saint", "king", "queen", "princess", "the", "mount", "lake", "hotel", "north", "south", "east", "west"],
    houses_after: &[
        "street", "road", "avenue", "lane", "close", "square", "hospital", "primary", "school", "station", "court", "park",
        "cross", "garage", "motors", "ltd", "plc", "surgery", "branch", "pharmacy", "clinic", "place", "drive", "terrace",
        "gardens", "hotel", "college", "university", "airport", "bridge", "trainers", "motor", "cars", "autos", "store",
        "house", "way", "crescent", "academy", "infirmary", "centre", "island", "market", "council",
    ],
    acts: &[
        "was", "is", "were", "are", "has", "had", "did", "does", "helped", "told", "said", "rang", "gave", "took", "made",
        "went", "came", "found", "showed", "put", "let", "lent", "drove", "brought", "kept", "knew", "knows", "never",
        "always", "really", "also", "super", "could", "would", "couldn", "wouldn", "should", "didn", "wasn", "isn", "hasn",
        "speaks", "spoke", "sent", "saw", "got", "left", "led", "gives", "takes", "tells", "passes", "forgets", "loves", "runs",
        "deserves", "picks", "thinks", "says", "treats", "can", "just", "went", "sold", "met", "who", "listens", "explains",
        "and his", "and her", "and the", "kindly", "not", "amazing", "brilliant", "lovely", "great", "top", "rude", "sat",
    ],
    acts_of_people: &[
        "was great", "was brilliant", "was lovely", "was kind", "was helpful", "was amazing", "was fantastic", "was excellent",
        "was rude", "was patient", "was friendly", "was honest", "was wonderful", "was waiting", "was very", "was so", "was super",
        "was an", "was really", "is great", "is brilliant", "is lovely", "helped", "told", "said", "rang", "explained", "called",
        "gave me", "took my", "took the", "showed", "lent", "drove", "answered", "found my", "sorted", "fixed", "could not find",
        "couldn", "didn", "has been", "knew", "promised", "never rang", "never called", "apologised", "was the", "spoke", "is so",
        "is the best", "is a star", "is very", "made me", "was on leave", "went out", "kept me", "assured", "dealt",
    ],
    at: &["at", "in", "on", "from", "of", "behind", "for"],
    workplaces: WORKPLACES_EN,
    roles: &[
        "reception", "postman", "technician", "engineer", "adviser", "advisor", "mechanic", "receptionist", "nurse", "doctor",
        "physio", "surgeon", "midwife", "secretary", "assistant", "driver", "manager", "director", "porter", "fitter", "plumber",
        "colleague", "trainee", "apprentice", "agent", "consultant", "salesman", "saleswoman", "neighbour", "son", "daughter",
        "husband", "wife", "mother", "father", "mum", "dad", "dentist", "pharmacist", "teacher", "friend", "brother", "sister",
        "operator", "waiter", "waitress", "hairdresser", "clerk", "cashier", "boss", "solicitor", "electrician", "vet", "cleaner",
    ],
    particles: &["de", "da", "dos", "di", "del", "van", "von", "der", "den", "la", "le", "el", "al", "bin", "ben", "mac", "mc", "o", "st"],
    and: &["and", "or", "then"],
};

const WORKPLACES_EN: &[&str] = &[
    "reception", "workshop", "desk", "counter", "till", "switchboard", "planning", "accounts", "billing", "finance", "claims",
    "ward", "surgery", "office", "branch", "shop", "store", "garage", "lab", "radiology", "maternity", "paediatrics", "theatre",
    "canteen", "nursery", "warehouse", "depot", "phone", "telephone", "helpline", "helpdesk", "support", "delivery", "deliveries",
    "insurance", "parts", "bodywork", "mechanics", "recovery", "council", "bank", "hospital", "pharmacy", "dealership", "sales",
    "head", "registrations", "lettings", "complaints", "collections", "cancellations", "customer", "service", "services",
    "station", "school", "clinic", "centre", "kitchens", "post", "team", "front", "it", "hr", "door", "gate", "bar", "night",
    "admissions", "appointments", "bookings", "refunds", "returns", "dispatch", "logistics", "repairs", "servicing",
    "x-ray", "outpatients", "housing", "benefits", "mortgages", "loans", "room", "bay",
];
