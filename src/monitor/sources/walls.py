"""What stands where an article should: walls, consent and login pages, checks of browsers, pages that are gone.

Their own words give them away, in the languages of the outlets that people watch. A title that says so is enough; the
words in the text count only where there is little else of it, since articles are written about such things too.
"""

import re

LONGEST = 700  # characters up to which a text with a wall's words is taken for the wall

_WORDS = {
    "subscribe, en": (
        r"subscribe (?:now )?to (?:continue|read|keep)|to (?:continue|keep) reading|already a subscriber"
        r"|(?:subscribers?|members?)[ -]only"
        r"|(?:reserved|only|exclusive(?:ly)?) for (?:our )?(?:paying )?(?:subscribers|members)"
        r"|become a (?:member|subscriber) to|unlock this (?:article|story)|all (?:of )?your free articles"
        r"|register (?:for free |now )?to (?:continue|read)"
    ),
    "consent, en": (
        r"(?:accept|allow|manage|use of|which) (?:all )?(?:our )?cookies|cookie (?:policy|settings|preferences|consent)"
        r"|we(?: and our \d* ?partners)? use cookies|your privacy (?:choices|matters)|we value your privacy"
    ),
    "login, en": (
        r"(?:sign|log) ?in to (?:continue|read|your account)|create (?:a free|an) account|confirm your age"
        r"|(?:enable|turn on|activate) (?:javascript|cookies)|javascript is (?:disabled|required|not enabled)"
        r"|(?:disable|turn off) your ad ?block(?:er)?|ad ?blocker detected"
    ),
    "check, en": (
        r"(?:are you|you are|you're) (?:not )?a (?:robot|human)|verify (?:that )?you are|pardon our interruption"
        r"|unusual traffic|checking your browser|too many requests|you have been (?:rate limited|blocked)"
        r"|access (?:to this page has been )?denied|request blocked"
    ),
    "gone, en": (
        r"page (?:you requested )?(?:not found|(?:can(?:no|')t|could not|couldn't) be found)"
        r"|this (?:page|article|story|content) (?:is no longer available|has expired)"
        r"|this (?:page|article|story|content) (?:has been|was) (?:removed|deleted)"
        r"|an error occurred while|(?:down for|undergoing) (?:\w+ )?maintenance|you are being redirected"
        r"|not available in your (?:region|country|location)|unavailable (?:to|for) visitors from"
        r"|no results (?:were )?found"
    ),
    "de": (
        r"jetzt abonnieren|nur für abonnenten|bereits ein abo|weiterlesen mit|alle akzeptieren"
        r"|wir (?:verwenden|nutzen|setzen) cookies|seite (?:wurde |konnte )?(?:leider )?nicht gefunden"
    ),
    "fr": (
        r"réservée?s? aux abonnés|abonnez-vous|déjà abonné|utilisons des cookies|(?:accepter et|continuer sans) \w+"
        r"|page (?:demandée )?(?:est )?introuvable"
    ),
    "es, pt": (
        r"exclusivo para (?:suscriptores|socios|assinantes)|suscríbete para|ya eres suscriptor|assine para"
        r"|já é assinante|utilizamos cookies|usamos cookies|aceptar y continuar|la página que busca"
    ),
    "it": r"riservato agli abbonati|abbonati per|sei già abbonato|(?:utilizziamo|usiamo) i cookie|accetta e continua",
    "nl": r"alleen voor abonnees|word abonnee|al abonnee\b|(?:gebruiken|plaatsen) cookies",
    "pl": r"dla (?:subskrybentów|prenumeratorów)|wykup (?:dostęp|subskrypcję)|używamy (?:plików )?cookie",
    "tr": r"(?:yalnızca|sadece) abone|abone olun|çerez(?:leri|ler) kullan",
    "ru": r"только (?:для )?подписчик|оформите подписку|используем (?:файлы )?cookie",
    "uk": r"лише (?:для )?передплатник|оформіть передплату|використовуємо (?:файли )?cookie",
    "ko": r"유료\s?회원|구독자 전용|로그인 후 이용|쿠키를 사용",
    "ja": r"会員限定|有料会員|会員登録が必要|クッキーを使用",
    "zh": r"订阅后|訂閱後|会员专享|會員專屬",
    "ar": r"للمشتركين فقط|ملفات تعريف الارتباط",
}
_SAYS = re.compile("|".join(_WORDS.values()), re.IGNORECASE)
_DEAD_TITLE = re.compile(
    r"(?:http |error )?[45]\d\d(?: error"
    r"|[ :,–-]+(?:page )?(?:not found|forbidden|gone|bad gateway|(?:internal )?server error"
    r"|service unavailable|access denied|too many requests))?|error(?: \d{3})?"
    r"|(?:page |article )?not found|access denied|forbidden|service unavailable|request rejected|bad gateway"
    r"|just a moment(?:\.\.\.|…)?|attention required!?|are you a (?:robot|human)\??|(?:we'll )?be right back"
    r"|seite nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada|página não encontrada"
    r"|pagina (?:non trovata|niet gevonden)|nie znaleziono strony|strona nie istnieje|страница не найдена"
    r"|сторінку не знайдено|sayfa bulunamadı|페이지를 찾을 수 없습니다|ページが見つかりません",
    re.IGNORECASE,
)
_TITLE_PARTS = re.compile(r"\s+[|–—·»:-]\s+")


def is_wall(text: str) -> bool:
    """True for a short text with a wall's words."""
    return len(text) <= LONGEST and _SAYS.search(text) is not None


def is_dead_title(title: str) -> bool:
    """True for a title or a heading that says, whole or before the site's name, that there is no article."""
    plain = " ".join(title.split())
    parts = (plain, _TITLE_PARTS.split(plain, maxsplit=1)[0])
    return any(_DEAD_TITLE.fullmatch(part) is not None for part in parts)
