"""The words and patterns that give furniture away, each with an example of what it is for.

The table that `rejoinder.reading.furniture` works by; to teach it a new box, add a line here.
Patterns match whole lines of at most `LONGEST` code points unless they say otherwise, and every
repetition in them is bounded, so that no line costs more than a fixed amount.
"""

from __future__ import annotations

import re

from rejoinder.text import MONTH_NUMBERS

#: No furniture is longer than this, in code points; it bounds what any pattern may cost.
LONGEST = 600

# Whole lines, whatever their case, whatever they quote. Bullets and dashes may
# lead.
_FIRM = (
    # "Also read", "Others are reading now", "More On This...", "Read more:", "Related Articles"
    r"(?:others are|people are|what (?:others|people) are|also|now|keep|further|recommended"
    r"|suggested|more) reading(?: now)?",
    r"(?:also|must|please|now)[ -]reads?|read (?:also|next|more|this(?: next)?|on"
    r"|the full story(?: here)?)|see (?:also|more)|also see",
    r"up next|more on this(?: story| topic)?"
    r"|more (?:from|on) (?!the |his |her |their )[^.?!]{2,40}:"
    r"|(?:most|more) (?:read|popular|viewed|stories|news|videos)",
    r"related(?: (?:articles?|stor(?:y|ies)|coverage|topics?|content|news|links?|videos?"
    r"|posts?|reading|tags))?",
    r"recommended(?: for you| stories| articles)?|you (?:may|might) (?:also )?like"
    r"|trending(?: now| stories)?|top stories",
    r"editor[’']?s?[’']? picks?|don[’']t miss|in case you missed it|from our partners"
    r"|around the web|popular(?: now)?",
    # The same with a headline behind a colon: "READ MORE: …", "SEE ALSO: …", "More: …", "Related:
    # …", "PHOTOS: …"
    r"(?:also read|read also|read more|read next|see also|also see|more|related(?: \w+)?"
    r"|recommended|must[- ]read|further reading"
    r"|watch(?: now| live| more)?|listen(?: now)?|photos|videos?|slideshow|gallery"
    r"|in pictures|go deeper|don[’']t miss"
    r"|(?:full|special|live|latest|complete) (?:coverage|updates)|up next|more on this(?: story)?"
    r"|more from (?!the |his |her |their )[\w ]{2,30}|read more (?:from"
    r"|on|about) [\w ]{2,30}) ?[:>»] ?\S.{0,240}",
    # The same without a colon, where capitals tell it: "Related Coverage Storm keeps fleet in port"
    r"(?-i:Related (?:Coverage|Videos?|Articles?|Stor(?:y|ies)|Content)|Read More)"
    r" (?-i:[A-Z\d‘']).{8,560}",
    # Guardian: "Ayodhya ruling: Hindus win case over site disputed by Muslims Read more"
    r"[^.]{10,160} (?-i:Read [Mm]ore|READ MORE)",
    # Politico: "( Also on POLITICO: …)", "( PHOTOS: …)"; Fox: "[Watch Fox: …]"
    r"\( ?(?:also (?:on|in)|photos?|watch|videos?|related|read(?: more)?|see also|more|full"
    r"|story|poll|transcript|understanding)\b[^()]{2,240}\)",
    r"\[(?:pullquote|image|break|video|audio(?:[- ]clip)?|music|ad|related|embed|gallery"
    r"|photo|caption|watch \w+:[^\]]{2,300})[^\]]{0,30}\]",
    # Advertising slots
    r"(?:advertisements?|adverti[sz]ing|ad|sponsored(?: content| by)?|paid (?:post|content"
    r"|for by)|promoted(?: content| stories)?)(?:\W+advertisements?){0,3}",
    r"(?:advertisement )?(?:story|article|post|content) continue[sd](?: (?:below|after|under"
    r"|following)\b[^.?!]{0,40})?|(?:advertisement )?continue reading\b[^.?!]{0,60}",
    r"(?:keep|scroll(?: down)? to (?:keep|continue)) reading\b[^.?!]{0,60}"
    r"|scroll (?:down )?(?:for|to) (?:more|continue)\b[^.?!]{0,40}",
    # Buttons and page parts that are left standing alone
    r"(?:close|print|share|tweet|loading|photo|photos|video|image|images|search|menu|log ?in"
    r"|sign ?in|sign ?up|subscribe|register|comments?"
    r"|view comments|show comments|hide comments|leave a (?:comment|reply)|post a comment"
    r"|\d+ comments?|load more|show more|view more|back to top"
    r"|skip to (?:main )?content|skip (?:ad|advertisement)|toggle navigation|link copied"
    r"|copy link|transcript|newsletters?|watch|e-?mail|whatsapp|bookmark|reprints|next|previous"
    r"|expand|collapse|un?mute|tap to unmute|swipe for more|learn more|find out more"
    r"|(?:view|show|load) (?:all )?comments|share (?:on|to|via) [\w-]{2,12})",
    r"(?:show|hide)(?:[ /]{1,3}(?:hide|captions?|key events only))?|play video|key events"
    r"|story highlights|in this article|topics|tags|(?:tags|filed under|topics) ?: ?\S.{0,200}"
    r"|listen \d{1,2} min(?:ute)?s?",
    # Players, galleries and slots
    r"video player is loading|this is a modal window|current time \d.{0,20}"
    r"|this video can ?not be played|(?:view|open) image in (?:fullscreen|gallery)"
    r"|please (?:turn on|enable) javascript\b.{0,60}|(?:skip past|after) newsletter promotion"
    r"|(?:advertisement|ad) - scroll to continue|-? ?advertisements? ?-|from our sponsors?"
    r"|paid partner content|report (?:this )?ad|remove ads?|why am i seeing this\?"
    r"|(?:enable|turn on) notifications|#(?:related|share|page|ad)#",
    # Who may read on, and on what terms
    r"(?:subscribe|register|(?:sign|log) in)(?: now| today| to (?:continue|keep)(?: reading)?)"
    r"|to (?:continue|keep) reading, (?:please )?(?:subscribe|register|(?:sign|log) in).{0,40}"
    r"|already (?:a (?:subscriber|member)|registered|have an account)\?.{0,160}"
    r"|create (?:a|your) (?:free )?account|sign up for free|we (?:value|care about) your privacy"
    r"|this (?:content|article|story) is (?:available )?(?:to|for) (?:our )?subscribers only"
    r"|(?:privacy policy|terms of (?:use|service)|ad ?choices)"
    r"|do not sell (?:or share )?my (?:personal )?(?:information|data)",
    r"get (?:the|our) (?:[\w’'-]{1,20} ){0,4}app(?: now| today)?"
    r"|our standards: the thomson reuters trust principles",
    # When: "12.10 BST", "1:20 p.m.", above each post of a live page
    r"\d{1,2}[.:]\d\d ?(?:[ap]\.?m\.?)? ?(?:[a-z]{0,3}t|utc)?",
    # USA TODAY: what a video is about, behind the button that closes it
    r"(?-i:CLOSE [A-Z“\"](?=.{0,80}\b[a-z]{3})).{8,580}",
    r"share this(?: (?:story|article|post|page|video)?)?(?: ?: ?)?(?: ?(?:share|tweet|post"
    r"|e-?mail|print|pin|pocket|on|facebook|twitter|via|whatsapp|linkedin)){0,8}",
    r"listen to (?:this )?article\b.{0,80}|read or share this story:? .{0,80}"
    r"|interested in [^?]{2,60}\? add .{0,300}",
    r"add as (?:a )?preferred (?:source )?on google|follow us|join us|contact us|about us",
    r"(?:next|prev|previous) image \d+ of \d+|slideshow \(\d+ images?\)|\d+ of \d+(?: photos?"
    r"| images?)?",
    # Captions with the site's own words in them (NPR, BBC, Guardian, CNN, Reuters)
    r"(?:enlarge this image|toggle caption|hide caption|image (?:copyright|source|caption)\b"
    r"|media (?:caption\b|playback is unsupported)).{0,500}",
    r"file ?(?:photo|picture|image)s?\b ?[:–—-].{0,500}|file ?[–—-] .{0,500}|(?:photo|picture"
    r"|image|illustration|graphic|photograph)s?(?: credit)? ?[:/] ?\S.{0,200}",
    r"(?:photo|photograph|picture|image|illustration|graphic)s? (?:by|courtesy(?: of)?|via)"
    r"(?: ?/? ?(?-i:[A-Z][\w.’'-]{0,20}|of|for|the|and|via)){1,8}",
    r"facebook twitter (?:pinterest|google|whatsapp|linkedin|e-?mail).{0,500}"
    r"|just watched .{0,300} must watch .{0,200}|play video \d.{0,200}|now playing:.{0,200}",
    r"(?:\w+ )?(?:getty images|afp via getty images|ap photo|shutterstock|istock(?:photo)?"
    r"|pixabay|unsplash)(?: ?/ ?.{2,40})?",
    # Copyright
    r"(?:copyright )?(?:©|\(c\) ?\d{4}).{0,400}|copyright (?:\d{4}|©).{0,400}"
    r"|.{0,200}\ball rights reserved\b.{0,300}",
    r"click here for reprint permission.?"
    r"|this material may not be published, broadcast.{0,200}"
    r"|content created by the daily caller news foundation.{0,400}",
    # Rules between sections hold no letter and no digit: "___", "* * *", "• • •"
    r"[^\w\"“”‘’'?!]{2,60}|_{2,60}|\*",
    # Markdown and addresses: an image, a line that is only a link
    r"!\[[^\]]{0,300}\]\([^)]{0,400}\)|\[[^\]]{1,300}\]\([^)]{1,400}\)|https?://\S{1,400}"
    r"|pic\.twitter\.com/\S{1,40}|www\.\S{4,100}",
)

# Whole lines in the imperative or in the site's own voice. A line that quotes or reports speech is
# spared.
_SOFT = (
    # Newsletters, apps, subscriptions
    r"(?:want|get|receive|sign up|signing up|subscribe|register|join|thank you for signing up"
    r"|if you liked?)\b.{0,300}\b(?:newsletters?|inbox|e-?mail alerts?|breaking news alerts"
    r"|privacy policy|terms of (?:use|service)|sign up (?:here|now|today|below))\b.{0,250}",
    r"(?:for|our|the|(?:\S+ ){1,3}newsletter)\b.{0,250}\b(?:your inbox|to your e-?mail"
    r"|sign up (?:here|now|today|below|to receive)|subscribe to)\b.{0,300}",
    r"(?:sign up|subscribe) (?:to receive\b.{0,160}|(?:to|for)(?: the| our)?"
    r"(?: (?-i:[A-Z][\w’'-]{0,20})){1,5}(?: (?:now|today|here))?)"
    r"|newsletter sign[ -]?up\b.{0,560}"
    r"|(?:\S{1,20} ){1,3}is an? .{0,160}\. sign up to (?:receive|get) our\b.{0,160}"
    r"|share your thoughts\b.{0,300}\bjoin the conversation\b.{0,40}",
    r"(?:sign up|subscribe) (?:to|for|here|now|today)\b.{0,120}\b(?:briefings?|podcasts?"
    r"|channel|e-?mails?|alerts?|updates|app|magazine|itunes|daily"
    r"|weekly)\b.{0,120}",
    r"(?:subscribe|listen|listen and subscribe) (?:on|to|via) (?:apple|itunes|spotify|google"
    r"|our|the).{0,200}",
    r"(?:by|when) (?:signing|subscribing|clicking|continuing|submitting|registering|using"
    r"|providing)\b.{0,160}\byou (?:agree|accept|consent|acknowledge)\b.{0,250}",
    r"you can (?:unsubscribe|opt out)\b.{0,150}|(?:no spam|unsubscribe).{0,80}"
    r"|manage (?:newsletters|preferences|cookies|options)|(?:enter )?your e-?mail(?: address)?",
    # Cookies
    r"(?:we|this (?:web)?site|our (?:web)?sites?)(?: and our partners)? uses? cookies.{0,450}"
    r"|(?:accept|reject|allow)(?: all)?(?: cookies)?|cookie (?:policy|settings|notice"
    r"|preferences)",
    # Pleas: "Support Vox's explanatory journalism", "Click here for …", "CLICK TO GET THE FOX NEWS
    # APP"
    r"support [\w’' ]{2,40} journalism.?|(?:please )?(?:donate|contribute) (?:now|today"
    r"|here).{0,80}|editor[’']s note: as a public service.{0,200}",
    r"(?:please )?(?:click (?:here|on|to|for|the|through)|tap (?:here|on))\b.{0,150}"
    r"|for .{0,80}, click here.{0,40}|download (?:the|our) .{0,60}\bapp\b.{0,80}",
    r"watch the (?:latest|full) video at .{0,60}|visit .{0,60} homepage for more stories.?"
    r"|(?:don[’']t|if you can[’']t) see (?:the|this) .{0,80}",
    r"for (?:more|the latest)\b.{0,80}, (?:please )?(?:click|visit|go to|follow|listen to|sign up"
    r"|subscribe|tune in|download)\b.{0,120}|listen to today, explained",
    # Contact lines: "Follow X on Twitter", "Write to X at …", "Send tips to …", "Got a TIP …? Email
    # …"
    r"(?:(?:you can |please )?(?:follow\b|(?:like|join|find|reach|contact|e-?mail|write to|tweet)"
    r" (?:us|me|him|her|them|@\w+|the (?:author|writer|reporter|editor)"
    r"|(?-i:[A-Z][\w.’'-]{0,20}(?: [A-Z][\w.’'-]{0,20}){0,3}(?= (?:at|on|via) ))))"
    r"|send (?:tips?|letters?|a tip|comments|an e-?mail|us)\b"
    r"|(?:have|got) a (?:news )?(?:tip|question|story|confidential)\b|let us know\b).{0,160}"
    r"(?:@|\[email.protected\]|\bon (?:twitter|facebook|instagram|linkedin|x|telegram"
    r"|google news|flipboard|youtube)\b|facebook[./]com|twitter\.com"
    r"|\bthe news team\b).{0,120}",
    r"follow @\w+(?:[ ,]*follow @\w+){0,5}|on twitter, follow .{0,120}"
    r"|(?:like|follow|join|find) us (?:on|at)\b.{0,80}|subscribe to our .{0,80}"
    r"|read cnnopinion[’']s .{0,60}",
    r"(?:join the|have your|what do you think|tell us what)(?: conversation| discussion| say"
    r"| you think)?[.?!]?(?: (?:leave|post) a comment.{0,40})?",
    # Notices: corrections, updates, disclaimers, "This article is more than 3 years old"
    r"(?:corrections?|clarification"
    r"|editor[’']?s[’']? note)(?: ?\([^)]{0,60}\))? ?[:–—-].{0,580}|this (?:article"
    r"|story) is more than \w+ (?:months?|years?) old.?",
    r"this (?:story|article|post|piece|report|item|headline) (?:has been|was|will be|is being)"
    r"(?: \w+)? (?:updated|corrected|edited|amended|revised|clarified)\b.{0,200}",
    r"this (?:story|article|post|piece) (?:has been|was|will be|is being)"
    r"(?: \w+)? (?:published|syndicated|translated|produced|adapted|excerpted|based)\b.{0,200}",
    r"this (?:story|article|post|report) (?:includes|contains) (?:material|reporting"
    r"|information) from .{0,100}|this (?:article"
    r"|report) is based in part on wire service reports.?",
    r"this is a (?:developing|breaking(?: news)?) (?:news )?(?:story|event)\b.{0,120}"
    r"|this is a rush transcript.{0,100}|this article tagged under: .{0,100}",
    r"(?:the )?(?:opinions|views)(?: and (?:opinions|views))? expressed\b.{0,160}\b(?:own"
    r"|do not|not necessarily|those of|solely)\b.{0,160}",
)
REPORTS = re.compile(
    r"\b(?:said|says|saying|told|tells|announced|claim(?:s|ed)|argue[sd]|warn(?:s|ed)|wrote|writes"
    r"|tweeted|added|den(?:ies|ied)|accuse[sd]|insist(?:s|ed))\b"
)
# "By signing up", "The views …": what a spared line has, a quotation mark or a verb of reporting.
SPEAKS = re.compile(rf"[\"“”«»„]|\baccording\b|{REPORTS.pattern}")
NOTICE = re.compile(r"(?:corrections?|clarification|editor[’']?s)\b", re.IGNORECASE)
_BULLET = r"(?:[-–—•●▪⦁■▶►>*#|+]{1,3}\s{0,2})?"
# One alternation each: the engine rejects a line of prose on its first letters, without a Python
# call a rule.
FIRM_LINE = re.compile(
    f"{_BULLET}(?:{'|'.join(f'(?:{p})' for p in _FIRM)})[\\s:.…!>»*]{{0,5}}", re.IGNORECASE
)
SOFT_LINE = re.compile(
    f"{_BULLET}(?:{'|'.join(f'(?:{p})' for p in _SOFT)})[\\s*]{{0,5}}", re.IGNORECASE
)

_AGENCY = (
    r"(?:AP|AFP|EPA|UPI|TASS|ANI|PTI|DPA|Reuters|REUTERS|Bloomberg|Getty(?:\ Images)?|Shutterstock"
    r"|Pixabay|Anadolu(?:\ Agency)?|Xinhua|Handout|Pool)"
)
# A picture's credit: "(Photo by X/Getty Images)", "(Jonathan Ernst/Reuters)", "REUTERS/Name"
CREDIT = re.compile(
    rf"""\((?:(?:AP|Reuters|REUTERS|AFP|EPA|Staff|File|Getty)\ )?
         (?:[Pp]hotos?|[Ii]mages?|[Pp]icture|[Ii]llustration|[Ss]creenshot|PHOTO)\b[^()]{{0,90}}\)
      | \((?:AP|AFP|Reuters|REUTERS|EPA)[ ]?/[^()]{{2,60}}\)
      | \([A-Z][\w.\ ’'-]{{2,50}}/[^()/]{{0,20}}/?{_AGENCY}
         (?:[ ](?:Photo|Images|via\ [^()]{{2,40}}))?\)
      | \[(?:File:\ ?)?[^\[\]/]{{2,60}}/\ ?(?:[^\[\]/]{{1,40}}/)?
         (?:{_AGENCY}|Al\ Jazeera)[^\[\]]{{0,20}}\]
      | \bPhotographers?:\ [A-Z][^:\n]{{2,80}}
      | \b(?:REUTERS|AFP|AP\ Photo|EPA)/[A-Z][\w.\ ’'-]{{2,40}}(?:/[A-Z][\w\ ]{{2,20}})?
      | \|\ (?:[A-Z][\w.’'-]{{0,20}}[ /]){{0,4}}
         (?:AP|AFP|Getty|Reuters|Shutterstock)(?:\ (?:Photo|Images))?
      | \b(?:[A-Z][\w.’'-]{{1,20}}\ ){{1,3}}?[A-Z][\w.’'-]{{1,20}}/
         (?:[A-Z][\w\ ]{{2,20}}/)?{_AGENCY}(?:/[A-Z][\w\ ]{{2,20}}|\ Photo)?
      | \b(?:Photograph|Photo|Image|Picture|Credit)(?:\ (?:by|credit))?:\ [A-Z][^.:]{{2,60}}
    """,
    re.VERBOSE,
)
# A caption that the headline is run into: "The ship in port. | AP Photo Minister says it stays"
LED_BY_CREDIT = re.compile(
    r"[^|\n]{10,400}\| (?:[A-Z][\w.’'-]{0,20}[ /]){0,4}"
    r"(?:AP Photos?|AFP Photo|Getty(?: Images)?|Reuters|REUTERS)(?=\s)"
)
# "(Reporting by X; Editing by Y)" at the end of a paragraph of Reuters
SIGNATURE = re.compile(
    r"\((?:Additional |Further )?(?:Reporting|Writing|Editing|Compiled"
    r"|Written) (?:and \w+ )?by [^()]{2,300}\)\Z"
)

#: A label that a line of the report begins with: "Story highlights Vale steps down", "#related#…"
LABEL = re.compile(r"Story highlights(?= [A-Z\d\"“])|#(?:related|share|page|ad)#")

# Words that may stand between names in a signature.
# fmt: off
LINKS = frozenset((
    "and", "in", "by", "with", "at", "from", "for", "of", "to", "the", "&", "additional",
    "reporting", "editing", "writing", "edited", "written", "compiled", "reported", "bureau",
    "staff", "newsroom", "contributing", "contributed", "also", "reporter", "reporters", "writer",
    "writers", "correspondent", "correspondents", "editor", "editors", "producer", "contributor",
    "contributors", "special", "senior", "political", "de", "la", "van", "von", "der", "den", "bin",
    "al", "el", "di", "da",
))
# fmt: on
SIGNED = re.compile(
    r"\(?(?:additional |further |original )?(?:reporting|writing|editing|compiled|story|edited"
    r"|written|reported|translated)"
    r"(?: and (?:writing|editing|reporting))? by (?=\S)|contributing(?: (?:writers?"
    r"|reporters?))?: ?",
    re.IGNORECASE,
)
CONTRIBUTED = re.compile(
    r"(.{3,240}?),? (?:also )?contributed(?: reporting)?(?: to this (?:report|story|article"
    r"|post|piece|column))?(?: from [\w ,.]{2,40})?\.?",
    re.IGNORECASE,
)
_NAME = r"(?:[A-Z][\w.’'-]{0,20}|(?:de|la|van|von|der|den|bin|al|el|di|da|du|le)\b)"
_NAMES = rf"{_NAME}(?: {_NAME}){{1,4}}"
# "By Jane Doe", "By Jane Doe and John Roe, Reuters", "BY JANE DOE | The Post"
BYLINE = re.compile(
    rf"(?:By|BY) (?:the )?{_NAMES}(?:(?:,| and| &|, and) {_NAMES}){{0,4}}(?:[,|•·–—-]? .{{0,80}})?"
)
# "Jane Doe, Special for USA TODAY", "Special to the Post", "Story Hinckley/Staff"
STAFF = re.compile(
    rf"(?:{_NAMES}(?:(?:,| and| &) {_NAMES}){{0,3}}[,/|]? ?)?(?:[Ss]pecial (?:for"
    rf"|to) (?:[Tt]he )?[A-Z][\w ]{{2,40}}|"
    r"[Oo]pinion (?:contributors?|columnists?)|(?:[Ss]enior |[Cc]hief )?(?:[Pp]olitical "
    r"|[Dd]iplomatic |[Ff]oreign |[Ww]hite House )?"
    r"(?:[Rr]eporters?|[Cc]orrespondents?|[Ss]taff(?: [Ww]riters?)?|[Cc]olumnists?"
    r"|[Nn]ews [Ss]taff))"
)
AUTHORS = re.compile(rf"{_NAMES}(?:(?:,| and| &|, and) {_NAMES}){{0,4}}")
# fmt: off
CALENDAR = frozenset((
    *MONTH_NUMBERS, "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun", "am", "pm", "a.m",
    "p.m", "et", "est", "edt", "gmt", "utc", "bst", "cet", "cest", "pt", "pst", "pdt", "ct", "at",
    "on", "by", "the", "of", "ist", "noon", "midnight", "hours", "hour", "minutes", "minute",
    "days", "day", "weeks", "week", "months", "month", "years", "year", "ago", "today", "yesterday",
    "min", "mins", "hr", "hrs", "read", "first", "last", "originally", "published", "updated",
    "posted", "modified", "created", "update", "publish", "date", "time", "st", "nd", "rd", "th",
    "eastern", "local",
))
# fmt: on
WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*")
# fmt: off
SHARES = frozenset((
    "share", "tweet", "email", "e-mail", "print", "pin", "it", "facebook", "twitter", "whatsapp",
    "linkedin", "reddit", "pinterest", "copy", "link", "save", "comment", "comments", "post",
    "more", "telegram", "messenger", "x", "flipboard", "pocket", "sms", "on", "google", "plus",
    "this", "story", "article", "via", "like", "bluesky", "threads", "tumblr", "mail", "bookmark",
    "gift", "listen", "read", "later", "url", "clipboard", "shares",
))
# fmt: on
SOURCES = re.compile(
    r"(?:Sources?|SOURCES?|Quelle|With information from|Based on reports (?:by"
    r"|from)) ?: ?(\S.{0,150})"
)
# "Sarah Sanders leaving:White House press secretary is out": a link without a blank behind its
# colon. Neither a time nor a score, an address, a ticker or "Q:What".
TEASER = re.compile(
    r"([^\W\d_][^:\n\"“”()@]{0,88}[^\W\d_]{2}[?!’']?)"
    r":(['‘’]?[A-Z][^\n]{8,258}[^\s.:;,…])"
)
# A line that announces links; the lines behind it may be those links.
INTRO = re.compile(
    r"(?:also|see also|read more|read next|related(?: \w+)?|more(?: on this"
    r"| from [\w ]{2,30})?|recommended|also read|most (?:read|popular)"
    r"|others are reading(?: now)?|top stories|further reading|you (?:may"
    r"|might) (?:also )?like|trending(?: now)?)[.… ]{0,4}(:?)",
    re.IGNORECASE,
)

#: A card about somebody with links to other reports, run into the prose behind the name: "Ann Vale
#: [Ann Marie ValeWhat to watch in the Senate MORE] (R-Ohio)". The group that is found is the card.
CARD = re.compile(
    r"\b(?P<name>[A-Z][\w'’-]*[a-z])[ \u00a0]"
    r"(?:((?:[A-Z(][\w.'’()-]*[ \u00a0]){1,6}?(?P=name)(?=[A-Z\d]).{0,700}?(?<![A-Z])MORE\b)"
    # With a blank behind the card's own name only where that begins as the name before it does.
    r"|(?P<last>[A-Z][\w'’-]*[a-z])[ \u00a0]((?P=name)[ \u00a0](?:[A-Z][\w.'’-]*[ \u00a0]){0,3}?"
    r"(?P=last)(?=\s).{0,700}?\bMORE(?=\s\([A-Z])))"
)
