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

LOOK_ALIKES = {
    **dict(zip("АВЕЅІЈКМНОРСТУХԚԜҮаеѕіјорсухһԁԛԝвкмнтгп", "abesijkmhopctyxqwyaesijopcyxhdqwbkmhtrn", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβειικνορτυχ", "abezhikmnoptyxabeiikvoptux", strict=True)),
    **dict(zip("łŁøØđĐħĦŧŦıðÐ", "llooddhhttidd", strict=True)),
    **{"æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th"},
}
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
ENDINGS = ("inho", "inha", "inhos", "zinho", "zinha", "ito", "ita", "uca", "uxa")
NICKNAMES = {
    **{"antonio": ("toninho", "tonho", "totonho", "tony"), "beatriz": ("bia",), "carlos": ("caca", "charlie"), "edson": ("edinho",)},
    **{"eduardo": ("dudu", "duda"), "eduarda": ("duda",), "fernanda": ("fe", "nanda"), "francisco": ("chico", "chiquinho", "kiko", "paco")},
    **{"gabriela": ("bibi",), "helena": ("leninha",), "isabel": ("bel", "bebel"), "isabela": ("bela", "bel"), "joao": ("jao", "joca", "juca")},
    **{"joaquim": ("quim", "quincas"), "jose": ("ze", "zeca", "zezinho", "pepe"), "josefa": ("zefa",), "juliana": ("ju",), "luciana": ("lu",)},
    **{"luis": ("lula", "luisinho"), "luiz": ("lula", "luizinho"), "manuel": ("mane", "maneco"), "maria": ("mari", "cota"), "raimundo": ("mundico",)},
    **{"sebastiao": ("tiao",), "severino": ("biu",), "vinicius": ("vini",), "vitoria": ("vivi",), "alexander": ("sasha", "sandy")},
    **{"charles": ("chuck", "charlie"), "edward": ("ted", "ned"), "elizabeth": ("betty", "liz", "lizzie", "bess"), "henry": ("harry", "hank")},
    **{"james": ("jim", "jimmy"), "john": ("jack", "johnny"), "katherine": ("kate", "kathy", "kitty"), "margaret": ("peggy", "maggie", "meg")},
    **{"mary": ("molly", "polly"), "richard": ("dick", "rick"), "robert": ("bob", "bobby"), "theodore": ("ted",), "william": ("bill", "billy")},
}
