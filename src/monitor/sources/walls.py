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
    # The word is the same in most languages, and short news speaks of something else.
    "consent": (
        r"(?<![a-z])cookies?(?![a-z])|we value your privacy|your privacy (?:choices|matters)"
        r"|evästei|çerez(?:leri|ler)|クッキーを使用|쿠키를 사용|ملفات تعريف الارتباط"
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
        r"|seite (?:wurde |konnte )?(?:leider )?nicht gefunden"
    ),
    "fr": (
        r"réservée?s? aux abonnés|abonnez-vous|déjà abonné|(?:accepter et|continuer sans) \w+"
        r"|page (?:demandée )?(?:est )?introuvable"
    ),
    "es, pt": (
        r"exclusivo para (?:suscriptores|socios|assinantes)|suscríbete para|ya eres suscriptor|assine para"
        r"|já é assinante|aceptar y continuar|la página que busca"
        r"|página (?:que (?:você )?procura )?não (?:foi encontrada|existe)"
    ),
    "it": (
        r"riservato agli abbonati|abbonati per|sei già abbonato|accetta e continua"
        r"|pagina \w+ non (?:è stata trovata|esiste)"
    ),
    "ro": r"doar pentru abonați|abonează-te|ești deja abonat|pagina \w* ?nu (?:a fost găsită|există)",
    "nl": r"alleen voor abonnees|word abonnee|al abonnee\b",
    "sv, da, no": (
        r"(?:kun |bara |endast )?(?:för|for) (?:prenumeranter|abonnenter)|bli (?:prenumerant|abonnent)"
        r"|redan prenumerant|allerede abonnent|sidan (?:kunde inte hittas|finns inte)|siden (?:ble|blev) ikke fun[dn]et"
    ),
    "fi, hu": (
        r"vain tilaajille|oletko jo tilaaja|sivua ei (?:löytynyt|löydy)|csak előfizető|már előfizető"
        r"|az oldal nem található"
    ),
    "pl": r"dla (?:subskrybentów|prenumeratorów)|wykup (?:dostęp|subskrypcję)|strona, której szukasz",
    "cs, sk": r"pouze pro předplatitele|pre predplatiteľov|už máte předplatné|stránka (?:nebyla nalezena|neexistuje)",
    "tr": r"(?:yalnızca|sadece) abone|abone olun|(?:aradığınız )?sayfa bulunamadı",
    "el": r"μόνο (?:για|σε) συνδρομητές|γίνετε συνδρομητ|η σελίδα (?:δεν βρέθηκε|δεν υπάρχει)",
    "ru, uk": (
        r"только (?:для )?подписчик|оформите подписку|лише (?:для )?передплатник|оформіть передплату"
        r"|страница (?:была )?не найдена|такой страницы не существует|сторінку не знайдено|такої сторінки не існує"
    ),
    "ko": r"유료\s?회원|구독자 전용|로그인 후 이용|페이지를 찾을 수 없",
    "ja": r"会員限定|有料会員|会員登録が必要|ページが見つかりません",
    "zh": r"订阅后|訂閱後|会员专享|會員專屬|仅限订阅|页面不存在|頁面不存在|找不到(?:该|该网|網|网)?页",
    "ar, he": r"للمشتركين فقط|الصفحة (?:التي تبحث عنها )?غير موجودة|למנויים בלבד|(?:העמוד|הדף) לא נמצא",
}
_SAYS = re.compile("|".join(_WORDS.values()), re.IGNORECASE)
# Said of the page itself, in the words of servers and of those who make their pages friendlier ("Oops! That page …").
_DEAD_TITLE = re.compile(
    r"(?:(?:http|errore?|erro|erreur|fehler|błąd|chyba|hata|hiba|fe[jil]l|virhe|eroare|ошибка|помилка) )?"
    r"[45]\d\d(?: error"
    r"|[ :,–-]+(?:page )?(?:not found|forbidden|gone|bad gateway|(?:internal )?server error"
    r"|service unavailable|access denied|too many requests))?|error(?: \d{3})?"
    r"|(?:(?:oops|sorry|uh[- ]oh)\W{1,3})?(?:(?:the|this|that) )?(?:page|article|content)"
    r"(?: you(?:'re| are) looking for)? (?:(?:was |is )?not found|can(?:no|')t be found|(?:doesn't|does not) exist"
    r"|is (?:no longer available|missing))[.!]?"
    r"|access denied|forbidden|service unavailable|request rejected|bad gateway"
    r"|just a moment(?:\.\.\.|…)?|attention required!?|are you a (?:robot|human)\??|(?:we'll )?be right back"
    r"|seite nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada|página não encontrada"
    r"|pagina (?:non trovata|niet gevonden|nu a fost găsită)|nie znaleziono strony|strona nie istnieje"
    r"|stránka nenalezena|sidan hittades inte|siden (?:ble|blev) ikke fun[dn]et|sivua ei löytynyt"
    r"|az oldal nem található|η σελίδα δεν βρέθηκε|страница не найдена|сторінку не знайдено|sayfa bulunamadı"
    r"|الصفحة غير موجودة|הדף לא נמצא"
    r"|페이지를 찾을 수 없습니다|ページが見つかりません|页面不存在|頁面不存在|找不到[页頁]面?",
    re.IGNORECASE,
)
_TITLE_PARTS = re.compile(r"\s+[|–—·»:-]\s+")


def is_wall(text: str) -> bool:
    """True for a short text with a wall's words."""
    return len(text) <= LONGEST and _SAYS.search(text.replace("’", "'")) is not None


def is_dead_title(title: str) -> bool:
    """True for a title or a heading that says, whole or before the site's name, that there is no article."""
    plain = " ".join(title.split()).replace("’", "'")
    parts = (plain, _TITLE_PARTS.split(plain, maxsplit=1)[0])
    return any(_DEAD_TITLE.fullmatch(part) is not None for part in parts)
