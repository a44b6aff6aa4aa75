"""Pages as the software of newsrooms writes them, all of our own making: each with all that should be read of it.

The shapes are those of WordPress, Drupal, Blogger, Substack, of agencies' and broadcasters' own systems, and of sites in
other languages and alphabets; the words are ours. As in awkward.py, 8,888 belongs to somebody else.
"""

# ruff: noqa: E501 -- a page is one line of the table
from dataclasses import dataclass

from awkward import FIRST, OTHER, SECOND, THIRD  # type: ignore[import-not-found,unused-ignore]  # beside this file

PLAIN = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
SITE = "https://www.news.example"
AT = "2025-01-03T10:00:00+00:00"


@dataclass(frozen=True)
class Written:
    """A page and what is read of it. `holds` and `lacks` are of the text; `at`, `canonical` and `title` are exact, ""
    where the page has none. `where`: its address."""

    name: str
    source: str
    holds: tuple[str, ...] = (FIRST, SECOND)
    lacks: tuple[str, ...] = ("8,888",)
    at: str = AT
    canonical: str = ""
    title: str = "Losses top 4,000"
    charset: str = "utf-8"
    where: str = f"{SITE}/a/1"


def html(body: str, head: str = "", title: str = "Losses top 4,000 | News", attributes: str = 'lang="en"') -> str:
    return f"<!doctype html><html {attributes}><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


WORDPRESS = html(
    f"""<header id="masthead" class="site-header"><nav class="main-navigation"><ul id="menu"><li><a href="/">Home</a></li></ul></nav></header>
<main id="main"><article id="post-1" class="post-1 post type-post hentry category-world"><header class="entry-header">
<h1 class="entry-title">Losses top 4,000</h1><div class="entry-meta"><span class="posted-on">Posted on <a href="/a/1"><time class="entry-date
published" datetime="2025-01-03T12:00:00+02:00">January 3, 2025</time><time class="updated" datetime="2025-01-05T12:00:00+02:00">January 5,
2025</time></a></span><span class="byline"> by <a href="/author/x">A. Writer</a></span></div></header><div class="entry-content">
<figure class="wp-block-image size-large"><img src="1.jpg" alt=""/><figcaption class="wp-element-caption">A burnt-out vehicle. {OTHER}</figcaption>
</figure><p>{FIRST}</p><blockquote class="wp-block-quote"><p>“We buried three hundred of them,” a medic said.</p></blockquote><p>{SECOND}</p>
<ul class="wp-block-list"><li>Killed: 300</li><li>Wounded: 2,700</li></ul><p>{THIRD}</p><div class="sharedaddy sd-sharing-enabled"><h3
class="sd-title">Share this:</h3><ul><li><a href="?share=x">8,888 shares</a></li></ul></div><div id="jp-relatedposts" class="jp-relatedposts"><h3>
Related</h3><div class="jp-relatedposts-items"><div class="jp-relatedposts-post"><h4><a href="/b">{OTHER}</a></h4><p>{OTHER}</p></div></div></div></div>
<footer class="entry-footer">Tagged <a href="/t">8,888</a></footer></article><nav class="navigation post-navigation"><a href="/p">Previous:
{OTHER}</a></nav><div id="comments" class="comments-area"><h2>8,888 thoughts</h2><ol class="comment-list"><li class="comment"><article
class="comment-body"><div class="comment-content"><p>{OTHER}</p></div></article></li></ol></div></main><aside id="secondary"
class="widget-area"><section class="widget"><h2>Recent</h2><ul><li><a href="/c">{OTHER}</a></li></ul></section></aside>""",
    '<link rel="canonical" href="https://www.news.example/2025/01/03/losses/" />',
)

DRUPAL = html(
    f"""<div class="dialog-off-canvas-main-canvas"><main role="main"><div class="region region-content"><div class="block block-page-title-block"><h1
class="page-title"><span class="field field--name-title">Losses top 4,000</span></h1></div><article about="/node/1" typeof="schema:Article"
class="node node--type-article node--view-mode-full"><footer class="node__meta"><div class="node__submitted">Submitted by <span
class="field field--name-uid">A. Writer</span> on <span class="field field--name-created"><time datetime="2025-01-03T10:00:00+00:00">Fri, 01/03/2025 -
10:00</time></span></div></footer><div class="node__content"><div class="field field--name-field-image"><img src="a.jpg"/><div
class="field--name-field-caption caption">{OTHER}</div></div><div class="clearfix text-formatted field field--name-body field--type-text-with-summary">
{PLAIN}</div><div class="field field--name-field-tags"><div class="field__label">Tags</div><div class="field__item"><a href="/t">8,888</a></div></div>
</div></article><div class="views-element-container block block-views-block-related"><h2>Related content</h2><div class="views-row"><article
class="node node--view-mode-teaser"><h2><a href="/x"><span>{OTHER}</span></a></h2></article></div><div class="views-row"><article
class="node node--view-mode-teaser"><h2><a href="/y"><span>8,888 more</span></a></h2></article></div></div></div></main></div>""",
    '<link rel="shortlink" href="https://www.news.example/node/1"/><meta property="og:url" content="https://www.news.example/news/losses"/>',
)

BLOGGER = html(
    f"""<div class="main section" id="main"><div class="widget Blog" id="Blog1"><div class="blog-posts hfeed"><h2 class="date-header"><span>Friday,
January 3, 2025</span></h2><div class="post hentry uncustomized-post-template"><h3 class="post-title entry-title">Losses top 4,000</h3><div
class="post-body entry-content"><div dir="ltr" style="text-align: left;"><div class="separator"><a href="1.jpg"><img src="1.jpg"/></a></div>{FIRST}<br /><br />
{SECOND}<br /><br />{THIRD}</div><div style="clear: both;"></div></div><div class="post-footer">Posted by A. Writer at <a class="timestamp-link"
href="/2025/01/losses.html"><abbr class="published" title="2025-01-03T12:00:00+02:00">12:00 PM</abbr></a></div></div><div class="comments" id="comments"><h4>8,888
comments:</h4><dl><dd class="comment-body"><p>{OTHER}</p></dd></dl></div></div></div></div><aside><div class="widget BlogArchive"><ul><li>2025 (8,888)
</li></ul></div></aside>""",
    "<link href='http://www.news.example/2025/01/losses.html' rel='canonical'/>",
    title="The Blog: Losses top 4,000",
).replace("<h3 class", "<h3 itemprop='name' class")

SUBSTACK = html(
    f"""<div id="entry"><div id="main" class="main typography use-theme-bg"><div class="single-post-container"><div class="single-post"><article
class="typography newsletter-post post"><div class="post-header"><h1 class="post-title published">Losses top 4,000</h1><h3 class="subtitle">What is
known</h3><div class="pencraft">Jan 03, 2025</div><button class="post-ufi-button">8,888</button></div><div><div class="available-content"><div
class="body markup" dir="auto"><div class="captioned-image-container"><figure><a class="image-link"><img src="1.jpg"></a><figcaption
class="image-caption">{OTHER}</figcaption></figure></div><p>{FIRST}</p><div class="subscription-widget-wrap"><div class="subscription-widget"><div
class="preamble"><p class="cta-caption">Thanks for reading! 8,888 readers subscribe for free.</p></div><form><input type="email"></form></div></div><p>
{SECOND}</p><p>{THIRD}</p><div class="footnote"><a id="footnote-1">1</a><div class="footnote-content"><p>As told to a committee.</p></div></div></div></div></div>
</article><div class="comments-page"><div class="comment"><div class="comment-body"><p>{OTHER}</p></div></div></div><div class="portable-archive"><div
class="post-preview"><a href="/p/b">{OTHER}</a></div></div></div></div></div></div>""",
    '<link rel="canonical" href="https://www.news.example/p/losses">'
    + json_ld(
        '{"@context":"https://schema.org","@type":"NewsArticle","url":"https://www.news.example/p/losses","headline":"Losses top 4,000",'
        '"datePublished":"2025-01-03T10:00:00+00:00","dateModified":"2025-01-04T10:00:00+00:00","isAccessibleForFree":true}'
    ),
)

RELIEFWEB = html(
    f"""<main id="main-content"><article class="rw-report rw-article"><header class="rw-report__header"><p class="rw-entity-country-slug"><a
href="/country/ukr">Ukraine</a></p><h1 class="rw-article__title">Losses top 4,000</h1><dl class="rw-entity-meta core rw-article-meta"><dt
class="rw-entity-meta__tag-label">Format</dt><dd>News and Press Release</dd><dt>Source</dt><dd><ul><li><a href="/o">OCHA</a></li></ul></dd><dt>Posted</dt><dd
class="rw-entity-meta__tag-value--posted rw-entity-meta__tag-value--last"><time datetime="2025-01-03T10:00:00+00:00">3 Jan 2025</time></dd><dt>Originally published</dt>
<dd class="rw-entity-meta__tag-value--published"><time datetime="2025-01-03T00:00:00+00:00">3 Jan 2025</time></dd></dl></header><div
class="rw-report__content">{PLAIN}</div><section class="rw-attachments"><h2>Attachments</h2><ul><li><a href="/x.pdf">Download (PDF, 8,888 KB)</a></li></ul></section>
<footer><dl class="rw-entity-meta"><dt>Primary country</dt><dd><a href="/ukr">Ukraine</a></dd></dl></footer></article><section id="related"
class="rw-river"><h2>Related Content</h2><article class="rw-river-article"><h3><a href="/r/1">{OTHER}</a></h3><p>{OTHER}</p></article></section></main>""",
    '<link rel="canonical" href="https://www.news.example/report/ukraine/losses" />',
)

AGENCY = html(
    f"""<div id="fusion-app"><header class="site-header"><nav><a href="/world">World</a></nav></header><article class="article__main"><header><h1
data-testid="Heading" class="text__text__1FZLe">Losses top 4,000</h1><div class="info-content"><span class="author-name">By A. Writer</span><time
datetime="2025-01-03T10:00:00Z"><span>January 3, 2025</span><span>10:00 AM UTC</span><span>Updated 8,888 min ago</span></time></div></header><div
data-testid="gallery"><figure><img alt="x"/><figcaption data-testid="caption">{OTHER} AGENCY/A. Person/File Photo <a href="/l">Purchase Licensing Rights</a>
</figcaption></figure></div><div class="article-body__content"><ul data-testid="Summary"><li>Toll rises again</li></ul><div data-testid="paragraph-0"
class="text__text__1FZLe article-body__paragraph">KYIV, Jan 3 (Agency) - {FIRST}</div><div data-testid="paragraph-1" class="text__text__1FZLe
article-body__paragraph">{SECOND}</div><div data-testid="promo-box"><p>Sign up <a href="/n">here.</a></p></div><div data-testid="paragraph-2"
class="text__text__1FZLe article-body__paragraph">{THIRD}</div></div><p data-testid="Body" class="sign-off">Reporting by A. Writer; Editing by B. Editor</p>
<p>Our Standards: <a href="/t">The Agency Trust Principles, opens new tab</a></p></article><div class="read-next"><h2>Read Next</h2><ul><li><a href="/n/1"><h3>{OTHER}</h3>
</a><p>{OTHER}</p></li></ul></div></div>""",
    '<link rel="canonical" href="https://www.news.example/world/losses-2025-01-03/"/><meta name="article:published_time" content="2025-01-03T10:00:00Z">',
)

WIRE = html(
    f"""<div class="Page-content"><h1 class="Page-headline">Losses top 4,000</h1><div class="Page-byline"><div class="Page-authors">By A. WRITER</div><div
class="Page-dateModified"><bsp-timestamp data-timestamp="1735984800000"></bsp-timestamp></div></div><main class="Page-main"><div class="Page-lead"><figure
class="Figure"><img class="Image"/><figcaption class="Figure-caption"><p>{OTHER} (Photo/A. Person)</p></figcaption></figure></div><div
class="Page-storyBody"><div class="RichTextStoryBody RichTextBody"><p>KYIV, Ukraine (Wire) — {FIRST}</p><div class="Enhancement" data-align-center><div
class="Enhancement-item"><div class="PageList"><div class="PageList-header"><h2>Related Stories</h2></div><div class="PagePromo"><div
class="PagePromo-title"><a class="Link" href="/b"><span class="PagePromoContentIcons-text">{OTHER}</span></a></div></div></div></div></div><p>{SECOND}</p><div
class="Enhancement"><ps-interactive-project><iframe></iframe></ps-interactive-project></div><p>{THIRD}</p><p>___</p><p>Follow the coverage at <a
href="/hub">https://www.news.example/hub/war</a></p></div></div></main></div>""",
    '<meta property="og:title" content="Losses top 4,000"><meta property="article:published_time" content="2025-01-03T10:00:00">'
    '<link rel="canonical" href="https://www.news.example/article/losses-0a1b2c">',
)

BROADCASTER = html(
    f"""<main id="main-content"><article><div data-component="headline-block"><h1>Losses top 4,000</h1></div><div data-component="byline-block"><time
datetime="2025-01-03T10:00:00.000Z">3 hours ago</time><div>A. Writer</div></div><div data-component="image-block"><figure><img/><span
class="visually-hidden">Image source, </span>Agency<figcaption><span>Image caption, </span><p>{OTHER}</p></figcaption></figure></div><div
data-component="text-block"><div><p><b>{FIRST}</b></p><p>{SECOND}</p></div></div><div data-component="links-block"><ul><li><a href="/l/1"><b>{OTHER}</b></a>
</li><li><a href="/l/2">8,888 more</a></li></ul></div><div data-component="subheadline-block"><h2>No comment</h2></div><div data-component="text-block"><p>
{THIRD}</p></div><div data-component="topic-list"><ul><li><a href="/t/1">8,888</a></li></ul></div></article><div data-component="see-alsos"><h2>Related</h2><div
data-testid="promo"><a href="/p"><p>{OTHER}</p></a></div></div></main>""",
    json_ld('{"@type":"ReportageNewsArticle","datePublished":"2025-01-03T10:00:00.000Z","headline":"Losses top 4,000"}')
    + '<link rel="canonical" href="https://www.news.example/news/articles/c4g0"/>',
)

QUALITY = html(
    f"""<main data-layout="StandardLayout"><article><div data-gu-name="headline"><h1 class="dcr-1">Losses top 4,000</h1></div><div
data-gu-name="standfirst"><p>Ministry will not comment</p></div><div data-gu-name="meta"><details><summary><span>Fri 3 Jan 2025 10.00 GMT</span></summary>Last
modified on Sat 4 Jan 2025</details></div><div id="maincontent"><div class="article-body-commercial-selector article-body-viewer-selector"><p class="dcr-2">{FIRST}</p>
<gu-island name="EmailSignUpWrapper"><figure><p>Sign up to a newsletter that 8,888 people read</p></figure></gu-island><aside class="element-pullquote"><blockquote>Neither
side counts</blockquote></aside><p class="dcr-2">{SECOND}</p><figure class="element element-rich-link"><div><a href="/r">{OTHER}</a> <span>Read more</span></div></figure><p
class="dcr-2">{THIRD}</p></div></div><div class="dcr-submeta">Explore more on these topics <ul><li><a href="/t">Ukraine 8,888</a></li></ul></div></article><section
id="most-viewed"><h2>Most viewed</h2><ol><li><a href="/m">{OTHER}</a></li></ol></section></main>""",
    '<meta property="article:published_time" content="2025-01-03T10:00:00.000Z"/><meta property="article:modified_time" content="2025-01-04T10:00:00.000Z"/>',
)

AMP = html(
    f"""<amp-analytics></amp-analytics><amp-consent id="c"><div id="ui"><p>We and our 8,888 partners use cookies.</p></div></amp-consent><amp-sidebar
id="s"><ul><li><a href="/">8,888</a></li></ul></amp-sidebar><main><article><h1>Losses top 4,000</h1><amp-img src="a.jpg" width="9" height="9"><noscript><img
src="a.jpg"></noscript></amp-img><p>{FIRST}</p><amp-ad type="x"><div fallback>8,888</div></amp-ad><p>{SECOND}</p><p>{THIRD}</p><amp-social-share></amp-social-share>
<amp-list><template type="amp-mustache">{{{{#items}}}}<p>{OTHER}</p>{{{{/items}}}}</template></amp-list></article></main>""",
    '<link rel="canonical" href="https://www.news.example/losses"><meta name="viewport" content="width=device-width"><style amp-custom>a{}</style>'
    + json_ld(
        f'{{"@type": ["NewsArticle"], "datePublished": "{AT}", "mainEntityOfPage": "https://www.news.example/losses"}}'
    ),
    attributes="⚡ lang='en'",
)

PARTIAL = html(
    f'<main><article><h1>Losses top 4,000</h1><p>{FIRST}</p></article><div class="gate"><h2>Subscribe to continue reading</h2></div></main>',
    json_ld(
        '{"@type":"NewsArticle","isAccessibleForFree":"False","datePublished":"2025-01-03T10:00:00Z","articleBody":"'
        f'{FIRST}\\n\\n{SECOND}\\n\\n{THIRD}","hasPart":{{"@type":"WebPageElement","isAccessibleForFree":"False"}}}}'
    ),
)

SCRIPTED = html(
    '<div id="__next"><div class="skeleton"><h1>Losses top 4,000</h1><p>Loading the article, one moment please.</p></div></div>',
    json_ld(
        '{"@graph":[{"@type":"WebSite","name":"News"},{"@type":["NewsArticle","Article"],"datePublished":"2025-01-03T10:00:00Z",'
        f'"articleBody":"&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;&lt;p&gt;{THIRD}&lt;/p&gt;"}}]}}'
    ),
)

LINES = html(
    f"""<table width="100%"><tr><td class="left"><a href="/1">World</a><br><a href="/2">8,888 items</a></td><td class="main"><font size="5"><b>Losses top 4,000</b></font>
<br><small>3 January 2025 10:00 GMT</small><br><br>{FIRST}<br><br>{SECOND}<br><br>{THIRD}<br><br></td><td class="right"><a href="/3">{OTHER}</a></td></tr></table>""",
    title="Losses top 4,000",
)

ARABIC_TEXT = (
    "قالت السلطات الأوكرانية يوم الجمعة إن أكثر من أربعة آلاف جندي من كوريا الشمالية قتلوا أو أصيبوا في منطقة كورسك الروسية.",
    "وكانت وكالة المخابرات في كوريا الجنوبية قد قدرت عدد القتلى بنحو 300 والجرحى بنحو 2700 في جلسة مغلقة للبرلمان، حسبما قال أحد النواب.",
    "ولم تعلق الوزارة في موسكو ولا الحكومة في بيونغ يانغ على هذه الأرقام، ولا يستطيع المراقبون المستقلون الوصول إلى المنطقة.",
)
ARABIC = html(
    f"""<div class="container"><main id="main-content-area"><header class="article-header"><h1>الخسائر تتجاوز أربعة آلاف</h1></header><div class="article-dates"><div
class="date-simple"><span class="screen-reader-text">Published On 3 Jan 2025</span><span aria-hidden="true">3/1/2025</span></div></div><div class="wysiwyg wysiwyg--all-content"><p>{ARABIC_TEXT[0]}</p><div
class="more-on"><h2>اقرأ أيضا</h2><ul class="more-on__list"><li class="more-on__item"><a href="/b">مقتل 8,888 جنديا</a></li></ul></div><p>{ARABIC_TEXT[1]}</p><p>{ARABIC_TEXT[2]}</p></div></main></div>""",
    '<meta property="og:title" content="الخسائر تتجاوز أربعة آلاف"/><link rel="canonical" href="https://www.news.example/news/2025/1/3/%D8%A7%D9%84"/>',
    title="الخسائر | أخبار",
    attributes='lang="ar" dir="rtl"',
)

RUSSIAN_TEXT = (
    "Более 4000 северокорейских военных убиты или ранены в Курской области, заявил в пятницу президент Украины в вечернем обращении.",
    "Разведка Южной Кореи ранее оценивала число погибших примерно в 300 человек, а раненых — в 2700, рассказал журналистам депутат парламента.",
    "В министерстве в Москве и в правительстве в Пхеньяне эти данные не комментируют, независимых наблюдателей в регионе нет.",
)
RUSSIAN = html(
    f"""<div class="layout-article"><div class="article__info"><div class="article__info-date"><a href="/20250103/">13:00 03.01.2025</a> (обновлено: 14:10 04.01.2025)</div></div><h1
class="article__title">Потери превысили 4000</h1><div class="article__body js-mediator-article"><div class="article__block" data-type="text"><div class="article__text"><strong>МОСКВА, 3 янв —
Агентство.</strong> {RUSSIAN_TEXT[0]}</div></div><div class="article__block" data-type="article"><div class="article__article"><a href="/b">Погибли 8,888 человек</a></div></div><div
class="article__block" data-type="text"><div class="article__text">{RUSSIAN_TEXT[1]}</div></div><div class="article__block" data-type="text"><div class="article__text">{RUSSIAN_TEXT[2]}</div></div></div></div>""",
    '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><meta itemprop="datePublished" content="2025-01-03T13:00:00+03:00"><meta property="og:url" content="https://www.news.example/20250103/poteri-1.html">',
    title="Потери превысили 4000 - Агентство, 03.01.2025",
    attributes='lang="ru"',
)

UKRAINIAN_TEXT = (
    "Понад 4000 північнокорейських військових убито або поранено на Курщині, заявив у п’ятницю президент України у вечірньому зверненні.",
    "Розвідка Південної Кореї раніше оцінювала кількість загиблих приблизно у 300 осіб, а поранених — у 2700, розповів журналістам депутат.",
    "У міністерстві в Москві та в уряді в Пхеньяні ці дані не коментують, незалежних спостерігачів у регіоні немає.",
)
UKRAINIAN = html(
    f"""<article class="post"><header class="post_header"><h1 class="post_title">Втрати перевищили 4000</h1><div class="post_time"><b><a href="/authors/x">Автор</a></b> — П’ятниця, 3 січня
2025, 12:00</div></header><div class="post_text"><p>{UKRAINIAN_TEXT[0]}</p><p><strong>Дослівно:</strong> “Це втрати ворога”.</p><p>{UKRAINIAN_TEXT[1]}</p><p><strong>Читайте також:</strong> <a href="/b">Загинули
8,888 військових</a></p><p>{UKRAINIAN_TEXT[2]}</p></div></article><div class="block_news_all"><h3>Усі новини</h3><div class="article_news_list"><div class="article_header"><a href="/c">8,888</a></div></div></div>""",
    '<link rel="canonical" href="https://www.news.example/news/2025/01/3/7491/" />',
    title="Втрати перевищили 4000 | Правда",
    attributes='lang="uk"',
)

CHINESE_TEXT = (
    "乌克兰总统周五表示，已有超过4000名朝鲜士兵在库尔斯克地区伤亡，这一数字仍在上升。",
    "韩国情报机构此前向议会委员会通报称，死亡人数约为300人，受伤人数约为2700人，一名议员会后对记者如是说。",
    "莫斯科和平壤方面均未对上述数字置评，独立观察人士无法进入该地区。下周安理会将再次讨论此事，外交人士预计不会有结果。",
)
CHINESE = html(
    f"""<div class="header domPC"><div class="header-cont"><h1><span class="title">伤亡超过4000人</span></h1><div class="header-time left"><span class="year"><em> 2025</em></span><span
class="day"><em>01</em>/<em>03</em></span> <span class="time">18:00:00</span></div><div class="source">来源：新闻网</div></div></div><div class="main"><div id="detail"><span
id="detailContent"><p>　　{CHINESE_TEXT[0]}</p><p>　　{CHINESE_TEXT[1]}</p><p>　　{CHINESE_TEXT[2]}</p></span><div id="articleEdit"><span class="editor">【责任编辑:某某】</span></div></div><div
class="recommend"><h3>相关新闻</h3><ul><li><a href="/b">8,888人死亡</a></li></ul></div></div>""",
    '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><meta name="publishdate" content="2025-01-03"/>',
    title="伤亡超过4000人-新闻网",
    attributes='lang="zh-CN"',
)

JAPANESE_TEXT = (
    "ウクライナの大統領は金曜日、クルスク州で4000人を超える北朝鮮の兵士が死傷したと明らかにした。",
    "韓国の情報機関はこれに先立ち、死者がおよそ300人、負傷者がおよそ2700人に上るとの見方を議会の委員会に示していた。",
    "モスクワの省庁とピョンヤンの政府はいずれもコメントしていない。独立した監視員は現地に入ることができない。",
)
JAPANESE = html(
    f"""<div id="main"><article class="module--detail"><header><h1>死傷者4000人超</h1><p class="time"><time datetime="2025-01-03T19:00">1月3日 19時00分</time></p></header><div class="content--detail-body"><div
class="body-text"><p>{JAPANESE_TEXT[0]}<br><br>{JAPANESE_TEXT[1]}<br><br>{JAPANESE_TEXT[2]}</p></div></div></article><section class="related"><h2>関連ニュース</h2><ul><li><a href="/b">8,888人死亡</a></li></ul></section></div>""",
    '<meta charset="Shift_JIS"><meta property="article:published_time" content="2025-01-03T19:00:00+09:00">',
    title="死傷者4000人超 | ニュース",
    attributes='lang="ja"',
)

KOREAN_TEXT = (
    "우크라이나 대통령은 금요일 쿠르스크에서 북한군 4천 명 이상이 숨지거나 다쳤다고 밝혔다.",
    "앞서 한국 국가정보원은 국회 정보위원회 비공개 회의에서 사망자를 약 300명, 부상자를 약 2천700명으로 추산했다고 한 의원이 기자들에게 전했다.",
    "모스크바의 국방부와 평양 당국은 이에 대해 아무런 논평을 내놓지 않았으며, 독립적인 관찰자는 이 지역에 들어갈 수 없다.",
)
KOREAN = html(
    f"""<div class="container521"><header class="title-article01"><h1 class="tit">사상자 4천명 넘어</h1><p class="update-time" data-published-time="202501031900"><span class="txt">송고시간</span>2025-01-03
19:00</p></header><div class="story-news article"><p class="tit-sub">대통령 발표</p><p>(서울=통신) 홍길동 기자 = {KOREAN_TEXT[0]}</p><p>{KOREAN_TEXT[1]}</p><p>{KOREAN_TEXT[2]}</p><p class="txt-copyright">저작권자(c) 무단 전재-재배포
금지</p></div><aside><div class="related-news"><a href="/b">8,888명 사망</a></div></aside></div>""",
    '<meta charset="euc-kr"><meta property="article:published_time" content="2025-01-03T19:00:00+09:00">',
    title="사상자 4천명 넘어 | 통신",
    attributes='lang="ko"',
)

FLASH = html(
    f"<article><h1>Losses top 4,000</h1><p>{FIRST}</p></article>"
    + "".join(f'<div class="card"><h3><a href="/{n}">Town {n}</a></h3><p>{OTHER}</p></div>' for n in range(12))
)

PAGES = [
    Written("a flash among teasers", FLASH, holds=(FIRST,), at=""),
    Written("WordPress", WORDPRESS, holds=(FIRST, SECOND, THIRD, "We buried three hundred", "Killed: 300"), canonical=f"{SITE}/2025/01/03/losses/"),
    Written("Drupal", DRUPAL, canonical=f"{SITE}/news/losses"),
    Written("Blogger", BLOGGER, canonical="http://www.news.example/2025/01/losses.html"),
    Written("Substack", SUBSTACK, canonical=f"{SITE}/p/losses"),
    Written("a humanitarian site", RELIEFWEB, canonical=f"{SITE}/report/ukraine/losses"),
    Written("an agency", AGENCY, canonical=f"{SITE}/world/losses-2025-01-03/", holds=(FIRST, SECOND, THIRD)),
    Written("a wire service", WIRE, canonical=f"{SITE}/article/losses-0a1b2c", holds=(FIRST, SECOND, THIRD)),
    Written("a broadcaster", BROADCASTER, canonical=f"{SITE}/news/articles/c4g0", holds=(FIRST, SECOND, THIRD)),
    Written("a newspaper", QUALITY, holds=(FIRST, SECOND, THIRD)),
    Written("AMP with all its parts", AMP, canonical=f"{SITE}/losses"),
    Written("a teaser, the text in JSON", PARTIAL, holds=(FIRST, SECOND, THIRD)),
    Written("a shell, the text in JSON", SCRIPTED, holds=(FIRST, SECOND, THIRD)),
    Written("tables and lines of the nineties", LINES, at=""),
    Written("Arabic", ARABIC, holds=ARABIC_TEXT, at="2025-01-03T00:00:00+00:00", canonical=f"{SITE}/news/2025/1/3/%D8%A7%D9%84", title="الخسائر تتجاوز أربعة آلاف"),
    Written("Russian", RUSSIAN, holds=RUSSIAN_TEXT, canonical=f"{SITE}/20250103/poteri-1.html", title="Потери превысили 4000", charset="cp1251"),
    Written("Ukrainian", UKRAINIAN, holds=(*UKRAINIAN_TEXT, "Це втрати ворога"), at="2025-01-03T12:00:00+00:00", canonical=f"{SITE}/news/2025/01/3/7491/", title="Втрати перевищили 4000"),
    Written("Chinese", CHINESE, holds=CHINESE_TEXT, at="2025-01-03T00:00:00+00:00", title="伤亡超过4000人", charset="gb18030"),
    Written("Japanese", JAPANESE, holds=JAPANESE_TEXT, title="死傷者4000人超", charset="shift_jis"),
    Written("Korean", KOREAN, holds=KOREAN_TEXT, title="사상자 4천명 넘어", charset="euc_kr"),
    Written("a government's own name for its date", html(f"<main><h1>Losses top 4,000</h1>{PLAIN}</main>", f'<meta name="our:first-published-at" content="{AT}"><meta name="our:public-updated-at" content="2025-02-03T10:00:00Z">')),
    Written("a byline with the date", html(f'<article><h1>Losses top 4,000</h1><p class="byline">By A. Writer | January 3, 2025 10:00 AM UTC</p>{PLAIN}</article>')),
    Written("UTF-8 that is declared as Russian", RUSSIAN, holds=RUSSIAN_TEXT, canonical=f"{SITE}/20250103/poteri-1.html", title="Потери превысили 4000"),
]  # fmt: skip
