"""Words that go before or stand for what blind screening hides, Portuguese and English. Data of the rule in `redaction`."""

PARTICLES = frozenset(
    ["da", "das", "de", "del", "della", "di", "do", "dos", "du", "e", "la", "le", "van", "von", "der", "den", "al", "el", "bin", "of", "the"]
)

STREETS = [
    "R\\.",
    "Rua",
    "Av\\.",
    "Avenida",
    "Al\\.",
    "Alameda",
    "Tv\\.",
    "Travessa",
    "P[çc]a\\.?",
    "Pra[çc]a",
    "Rod\\.",
    "Rodovia",
    "Estrada",
    "Largo",
    "Quadra",
    "SQ[NS]",
    "CL[NS]",
]
STREETS_AFTER = [
    "Street",
    "St\\.?",
    "Road",
    "Rd\\.?",
    "Avenue",
    "Ave\\.?",
    "Lane",
    "Ln\\.?",
    "Drive",
    "Dr\\.?",
    "Boulevard",
    "Blvd\\.?",
    "Square",
    "Court",
    "Way",
]

PERSONAL_LABELS = [
    *("endere[çc]o", "address", "resid[êe]ncia", "bairro", "idade", "age", "data de nascimento", "nascimento", "date of birth", "birth ?date"),
    *("d\\.?o\\.?b\\.?", "born", "nascid[oa]", "estado civil", "marital status", "nacionalidade", "nationality", "naturalidade", "place of birth"),
    *("sexo", "g[êe]nero", "gender", "sex", "pronomes", "pronouns", "filhos", "children", "religi[ãa]o", "religion", "ra[çc]a", "cor", "ethnicity"),
    *("cpf", "rg", "cnh", "ctps", "pis", "passaporte", "passport", "filia[çc][ãa]o", "nome(?: completo| da m[ãa]e| do pai)?", "full name", "name"),
]

SCHOOLS_BEFORE = [
    *("Universidade", "Univ\\.", "Faculdades?", "Fac\\.", "Instituto", "Centro\\s+Universit[áa]rio", "Escola", "Col[ée]gio"),
    *("Funda[çc][ãa]o", "Academia"),
]
SCHOOLS_AFTER = ["University", "College", "Institute", "Business\\s+School", "School", "Academy", "Polytechnic"]
SCHOOLS_NAMED = [
    *[
        "USP",
        "FEA-?USP",
        "ESALQ",
        "UNICAMP",
        "Unicamp",
        "UNESP",
        "Unesp",
        "UNIFESP",
        "Unifesp",
        "UnB",
        "UNB",
        "EAESP",
        "Insper",
        "INSPER",
        "Ibmec",
        "IBMEC",
        "ESPM",
        "FIA",
        "FIPECAFI",
        "Fipecafi",
    ],
    *[
        "FAAP",
        "Mackenzie",
        "ITA",
        "IME",
        "UNIP",
        "Unip",
        "UNOPAR",
        "Unopar",
        "Est[áa]cio",
        "Anhanguera",
        "Anhembi",
        "SENAC",
        "Senac",
        "SENAI",
        "Senai",
        "Fatec",
        "FATEC",
        "Etec",
        "ETEC",
    ],
    *["UF[A-Z]{1,4}", "UE[A-Z]{2,3}", "UNI[A-Z]{3,}", "IF[A-Z]{2,3}", "CEFET(?:-[A-Z]{2})?"],
    *["Harvard", "Stanford", "MIT", "Yale", "Princeton", "Oxford", "Cambridge", "INSEAD", "Wharton", "LSE", "HEC", "IESE", "Berkeley", "UCLA", "NYU"],
    *("Cruzeiro do Sul", "PUC(?:[-–/ ]?(?:SP|RJ|MG|RS|PR|GO|Campinas|Rio|Minas))?", "FGV(?:[-/ ]?(?:EAESP|SP|RJ))?"),
]
