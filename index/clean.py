"""Tell a document's own text from the page that it was copied from.

The rule, in order:

1. A *control* is a line that is, as a whole, the label of a page's button or counter ("Partager",
   "Share on X", "12 commentaires", "Lire la suite"). A *section* is a line that is the heading of
   a page's list or service ("Articles les plus lus", "Most read", "Newsletter …"), with no prose
   of the document's own below it. *Site speech* is a line in which the site speaks to its reader
   of its own services: it names one (subscription, newsletter, account, cookies, personal data)
   and either addresses the reader ("votre", "your", "nos", "our") or offers ("15 jours
   gratuits", "essayez", "sign up").
2. A text is a *page* only if two different such lines stand in it, at least one of them a control
   (for HTML, one line of any kind). A text that is not a page is kept whole: articles, reports,
   lists, dialogues and Markdown have no buttons. A line that a colon introduces, or that is a
   list item or a Markdown heading, is never a label.
3. From a page go: controls; site speech; sections with the short lines below them, up to the next
   prose; breadcrumbs; a later line that repeats the title word for word; and, after the last
   prose of the document's own, everything from the first label on.

*Prose* is a line that ends as a sentence does, has twelve words or more and is not site speech.
What is kept is kept unchanged: the result is spans of the text.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from index.documents import Span
from index.sentences import is_closed, lines


class _Kind(Enum):
    TEXT = 0
    PROSE = 1
    CONTROL = 2
    SECTION = 3
    SPEECH = 4
    TRAIL = 5


_OWN = (_Kind.TEXT, _Kind.PROSE)


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    words: str
    kind: _Kind


_PROSE_WORDS = 12
_LABEL_WORDS = 9

_NETWORKS = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|instagram|telegram|bluesky|threads"
    r"|reddit|pinterest|mastodon|flipboard|messenger|e\s?mail|mail|courriel)"
)
_CONTROL = re.compile(
    rf"""(?:
    (?:partager|partagez|share|tweet(?:er)?|envoyer|send)
        (?:\s(?:(?:cet|l|this|the)\s)?(?:article|page|story|post))?
        (?:\s(?:sur|par|on|via|by|to|with|avec)\s.{{1,25}})? |
    {_NETWORKS}(?:\s{_NETWORKS})* | (?:suivez|follow|retrouvez)\s(?:nous|us).{{0,30}} |
    imprimer(?:\sl\sarticle)? | print(?:\s(?:this\s)?(?:article|page))? |
    (?:copier\sle\slien|copy\slink|lien\scopi[ée]|link\scopied) |
    (?:ajouter\s[àa]\s(?:vos|mes)\sfavoris|enregistrer\sl\sarticle|save\s(?:this\s)?(?:article|
        for\slater)|sauvegarder|bookmark) |
    lire\sla\ssuite | lire\splus\stard | voir\splus | en\ssavoir\splus | read\smore | show\smore |
    load\smore | see\smore | continue\sreading | lire\saussi | voir\stout(?:es)? | see\sall |
        view\sall |
    (?:afficher|voir|lire|show|view)\s(?:les\s|all\s)?(?:\d+\s)?(?:commentaires|comments) |
    \d+\s(?:commentaires?|comments?|r[ée]actions?|partages|shares|likes) |
    (?:aucun|no)\s(?:commentaire|comments?(?:\syet)?) |
    (?:laisser|ajouter|poster|leave|add|post|write)\s(?:un|a)\s(?:commentaire|comment|reply) |
        r[ée]agir | commenter |
    fermer | close | accepter(?:\s(?:tout|et\sfermer|les\scookies))? | tout\s(?:accepter|
        refuser) | continuer\ssans\saccepter |
    accept(?:\s(?:all|cookies|all\scookies))? | reject\sall | g[ée]rer\s(?:mes|les)\s(?:cookies|
        pr[ée]f[ée]rences) | manage\scookies |
    (?:s\s|je\sm\s)(?:abonne(?:r)?|inscri(?:re|s|t))(?:\s.{{1,25}})? |
        abonnez\svous(?:\s.{{1,30}})? | inscrivez\svous |
    subscribe(?:\snow)? | sign\s(?:up|in)(?:\snow)? | log\s?in | register | se\sconnecter |
        connexion |
    j\sen\sprofite | j\saccepte | je\sd[ée]couvre | d[ée]j[àa]\sabonn[ée].{{0,30}} |
        already\sa\s(?:subscriber|member).{{0,20}} |
    passer\sau\scontenu(?:\sprincipal)? | aller\sau\scontenu(?:\sprincipal)? |
        skip\sto\s(?:main\s)?content | retour\sen\shaut(?:\sde\s(?:la\s)?page)? | back\sto\stop |
    publicit[ée] | advertisement | annonce | sponsored | contenu\ssponsoris[ée] |
    (?:temps\sde\s)?lecture\s(?:de\s)?\d+\smin(?:utes?)? | \d+\smin(?:ute)?s?\s(?:de\slecture|
        read) | temps\sde\slecture\s\d+\smin(?:utes?)? |
    article\s(?:r[ée]serv[ée]\saux\sabonn[ée]s|suivant|pr[ée]c[ée]dent) | (?:next|
        previous)\sarticle |
    [ée]couter\sl\sarticle | listen\sto\s(?:this\s)?article
    )""",
    re.VERBOSE,
)
_SECTION = re.compile(
    r"""(?:
    (?:les\s)?(?:articles|sujets|contenus|dossiers)\s(?:les\splus\s(?:lus|consult[ée]s|
        partag[ée]s|comment[ée]s)|associ[ée]s|li[ée]s|similaires|recommand[ée]s) |
    (?:les\s)?plus\s(?:lus|populaires|partag[ée]s|comment[ée]s|consult[ée]s) | top\s(?:articles|
        stories) |
    most\s(?:read|popular|viewed|shared|commented)(?:\s.{1,20})? | trending(?:\snow)? |
        popular\s(?:now|stories|articles) |
    (?:sur|dans)\s(?:le\sm[êe]me\s(?:sujet|th[èe]me)|la\sm[êe]me\srubrique) |
        [àa]\slire\s(?:aussi|[ée]galement|ensuite) | [àa]\sd[ée]couvrir(?:\saussi)? |
    (?:related|recommended|more)\s(?:articles?|stories|topics|content|news|reading|posts|
        coverage) | more\s(?:on\sthis(?:\sstory)?|from\s.{1,30}) |
    you\s(?:may|might)\s(?:also\s)?like | vous\saimerez\saussi | recommand[ée]s?\spour\svous |
        recommended\sfor\syou | read\s(?:also|next) | don\st\smiss |
    (?:nos|la|notre|our|les|the|inscription\s[àa]\sla)?\s?newsletters?(?:\s.{1,40})? |
        (?:la\s)?lettre\sd\sinformation |
    mots\scl[ée]s | tags | sujets\sassoci[ée]s | topics |
    (?:tous\s)?(?:nos|les|our)\s(?:[ée]v[ée]nements|services|offres|newsletters|
        events)(?:\s.{1,40})? |
    mentions\sl[ée]gales | politique\sde\s(?:confidentialit[ée]|cookies) | privacy\s(?:policy|
        notice) | cookie\s(?:policy|settings) | terms\s(?:of\s(?:use|service)|and\sconditions) |
    conditions\sg[ée]n[ée]rales(?:\s.{1,30})? | cgu|cgv | plan\sdu\ssite | site\smap |
        qui\ssommes\snous | about\sus | contact(?:ez\snous|\sus) |
    commentaires | comments | r[ée]actions | derni[èe]res\s(?:actualit[ée]s|infos|news) |
        latest\s(?:news|stories) | en\sdirect | fil\sinfo |
    (?:tous\sdroits\sr[ée]serv[ée]s|all\srights\sreserved)
    )""",
    re.VERBOSE,
)
_SERVICE = re.compile(
    r"\b(?:abonn\w*|newsletters?|lettre d information|cookies?|donnees personnelles|e ?mails?"
    r"|courriel|inscri(?:ption|re|vez|t|te)|desinscri\w*|subscri\w+|unsubscribe|sign(?:ed)? up"
    r"|personal (?:data|information)|privacy|traceurs?|alertes?|alerts?|inbox|nos journalistes"
    r"|our (?:journalists|reporters|editors|newsroom)|votre compte|your account|espace abonne\w*"
    r"|essai gratuit|free trial|sans engagement|cancel any ?time)\b"
)
_ADDRESS = re.compile(r"\b(?:votre|vos|vous|nos|notre|your|you|our)\b")
_OFFER = re.compile(
    r"\b(?:gratuit\w*|free|sans engagement|testez|essayez|profitez|recevez|abonnez|inscrivez"
    r"|decouvrez|subscribe|sign up|join|unlimited|illimite\w*|des (?:1|un) ?€"
    r"|reserve(?:e|s|es)? aux abonnes|cancel any ?time)\b"
)
_ADDRESSED_SERVICE = re.compile(
    r"\b(?:votre|your) (?:abonnement|newsletter|inscription|demande d inscription|e ?mail"
    r"|adresse e ?mail|adresse mail|courriel|compte|subscription|inbox|account|email address"
    r"|personal data|donnees personnelles|privacy)\b"
    r"|\b(?:nos|notre|our) (?:newsletters?|offres|abonne\w*|journalistes|partenaires|services"
    r"|subscribers|journalists|reporters|partners|cookies?|privacy policy|editors)\b"
    r"|\b(?:we|nous) (?:use|utilisons)\b.{0,60}\b(?:cookies|traceurs)\b"
)
_LISTED = re.compile(r"\s*(?:[-*+•‣▪◦–—>|#]|\d{1,3}[.)]\s)")
_TRAIL = re.compile(r"[^>›/»\n.]{2,30}(?:\s[>›/»]\s[^>›/»\n]{2,60}){2,}")


def clean(text: str, *, web: bool = False) -> tuple[Span, ...]:
    """Find the parts of ``text`` that are the document's own, by the rule above.

    Args:
        text: a document's whole text.
        web: whether it is known to come from a web page (HTML).

    Returns:
        Ordered, disjoint spans without blank edges; one span for a text that is no page.
    """
    found = _classified(text)
    if not found:
        return ()
    labels = {line.words for line in found if line.kind not in _OWN}
    controls = any(line.kind is _Kind.CONTROL for line in found)
    if not labels or (not web and (len(labels) < 2 or not controls)):
        return (Span(found[0].span.start, found[-1].span.end),)
    return _merged(found, _kept(found))


def _classified(text: str) -> list[_Line]:
    raw = list(lines(text, Span(0, len(text))))
    texts = [text[span.start : span.end] for span in raw]
    words = [_words(part) for part in texts]
    kinds: list[_Kind] = []
    introduced = False
    for part, said in zip(texts, words, strict=True):
        kind = _kind(part, said)
        kinds.append(_Kind.TEXT if introduced and kind not in _OWN else kind)
        # A colon introduces the run of short lines that follows it.
        introduced = part.endswith(":") or (introduced and len(part.split()) <= _LABEL_WORDS)
    # A section label with the document's own prose right below it is one of its headings.
    for place, kind in enumerate(kinds[:-1]):
        if kind is _Kind.SECTION and kinds[place + 1] is _Kind.PROSE:
            kinds[place] = _Kind.TEXT
    return [_Line(s, w, k) for s, w, k in zip(raw, words, kinds, strict=True)]


def _kind(text: str, words: str) -> _Kind:
    if _LISTED.match(text):
        return _Kind.PROSE if _is_prose(text) else _Kind.TEXT
    short = len(words.split()) <= _LABEL_WORDS and not text.rstrip().endswith((".", ":", ";", ","))
    if short and _CONTROL.fullmatch(words):
        return _Kind.CONTROL
    if short and _SECTION.fullmatch(words):
        return _Kind.SECTION
    if short and _TRAIL.fullmatch(text):
        return _Kind.TRAIL
    if _is_speech(words):
        return _Kind.SPEECH
    return _Kind.PROSE if _is_prose(text) else _Kind.TEXT


def _is_speech(words: str) -> bool:
    plain = _plain(words)
    if _ADDRESSED_SERVICE.search(plain):
        return True
    if not _SERVICE.search(plain):
        return False
    return bool(_OFFER.search(plain)) and (
        len(words.split()) <= _PROSE_WORDS or bool(_ADDRESS.search(plain))
    )


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _PROSE_WORDS and is_closed(text)


def _kept(found: Sequence[_Line]) -> list[_Line]:
    prose = [place for place, line in enumerate(found) if line.kind is _Kind.PROSE]
    last = prose[-1] if prose else len(found)
    kept: list[_Line] = []
    title = next((line.words for line in found if line.kind is _Kind.TEXT), None)
    seen_title = in_section = False
    for place, line in enumerate(found):
        if line.kind is _Kind.PROSE:
            in_section = False
        elif line.kind is not _Kind.TEXT:
            if place > last:
                break
            in_section = in_section or line.kind is _Kind.SECTION
            continue
        elif in_section:
            continue
        if line.words == title:
            if seen_title:
                continue
            seen_title = True
        kept.append(line)
    return kept


def _merged(found: Sequence[_Line], kept: Sequence[_Line]) -> tuple[Span, ...]:
    """Spans of the kept lines; neighbours in the text are one span."""
    order = {line.span: place for place, line in enumerate(found)}
    spans: list[Span] = []
    previous = -2
    for line in kept:
        place = order[line.span]
        if spans and place == previous + 1:
            spans[-1] = Span(spans[-1].start, line.span.end)
        else:
            spans.append(line.span)
        previous = place
    return tuple(spans)


def _words(text: str) -> str:
    """Words alone, lower case, one blank between."""
    return " ".join(re.findall(r"\w+|€", text.lower()))


def _plain(words: str) -> str:
    """Without accents."""
    decomposed = unicodedata.normalize("NFD", words)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
