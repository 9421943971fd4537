"""Furniture is marked, the report never is."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.model import Spans
from rejoinder.reading.furniture import cited_outlets, find_furniture, find_headings
from rejoinder.text import overlap

BEFORE = "The minister said on Monday that the ship would stay in port until Friday."
AFTER = "Lisbon answered on Tuesday that it would not accept any such decision."

FURNITURE = """\
Also read
Others are reading now
Read more: Trade war fears ripple through Wall Street
SEE ALSO: Strzok: Hillary was ‘not considered a target’ in email investigation
Related Coverage
More On This...
More: Analysis: Tariffs from China have potential for $2 trillion trade war fallout
Story Continued Below
Advertisement Continue reading the main story
ADVERTISEMENT
Sign up for Daily Newsletters Manage Newsletters
Get the stories you care about delivered to your inbox. By signing up, you agree to our policy
We use cookies to improve your experience on this site.
Photo: Alex Wong/Getty Images
(Photo: J. Scott Applewhite, AP)
Sarah Sanders leaving:White House press secretary is out, Trump hints she may run for governor
STORY:U.S., Russia reach agreement on Syria weapons
Will Kennedy retire?:No vacancy (yet): Liberals, conservatives prepare to battle for the court
Ginsburg:'Feeling fine' at 85: Justice Ruth Bader Ginsburg fends off retirement
Enlarge this image toggle caption Evan Vucci/AP Evan Vucci/AP
Image copyright Getty Images Image caption The ministers met in Vienna
FILE PHOTO: The minister speaks at a rally in Lisbon. REUTERS/Carlos Barria
The two presidents at the summit in Russia. (Jonathan Ernst/Reuters)
Protesters outside the embassy on Friday. | AP Photo
Critics have called the strait 'closed' since June [Jane Doe/NurPhoto/Getty Images]
Officials are struggling to keep the strait open [File: Jane Doe/ AP Photo]
The mayor at the harbour [Jane Doe/Al Jazeera]
Jane Doe in Port Vale on April 30. Photographer: John Roe/AFP via Getty Images
Share Tweet Email
SHARE THIS ARTICLE Share Tweet Post Email
Facebook | Twitter | WhatsApp
Reporting by Jane Doe and John Roe in Vienna; Editing by Mary Major
(Reporting by Jane Doe; Editing by John Roe)
Fox News’ Jane Doe and The Associated Press contributed to this report.
• Jane Doe contributed to this report.
Contributing: Jane Doe, USA TODAY
Follow Jane Doe on Twitter @janedoe
Write to Jane Doe at jane.doe@post.example
Published 3 hours ago
Updated Feb. 18 at 9 a.m. ET
[Updated 9:49 p.m. ET]
2 years ago
This article is more than 3 years old
This story has been updated with additional developments Monday.
Correction: An earlier version of this article said that the ship was Spanish.
Copyright © 2019 The Washington Times, LLC. Click here for reprint permission.
© 2018 Tribune Content Agency, LLC
The opinions expressed by columnists are their own and do not represent the views of Townhall.com.
Click here for the full list.
( Also on POLITICO: A guide to the ‘Bridgegate’)
Ayodhya ruling: Hindus win case over site disputed by Muslims Read more
Slideshow (3 Images)
[pullquote]
* * *
___
https://news.example/2019/03/04/row
![a ship](ship.png)
CLOSE The minister leaves the port of Lisbon, where he said that the ship would stay. AP
Related Coverage Storm keeps the fleet in port
Related Video Video length 31 seconds :31 Vale leaves port
Read More My Family Saw the Ship. Then I Learned How Ports Work. A reporter tells what he saw.
Show Hide
Show Caption
Show key events only
Key events
12.10 BST
1:20 p.m.
#related#
Get the app
GET THE HARBOUR POST APP
Sign up for the Harbour Brief
Sign up to receive the top stories every morning
Newsletter Sign Up Continue reading the main story Please verify you're not a robot.
SHARE YOUR THOUGHTS What should become of the ship? Join the conversation below.
Our Standards: The Thomson Reuters Trust Principles.
Story by Jane Doe
Share to Twitter
View image in fullscreen
This video can not be played
Please turn on JavaScript to use this feature
Tags: ships, Lisbon
Advertisement - Scroll to continue
- Advertisement -
after newsletter promotion
We value your privacy
Privacy Policy
Subscribe to continue reading
Already a subscriber? Sign in
Log in to continue""".splitlines()

REPORT = """\
CLOSE CALL FOR THE MINISTER AS THE SHIP STAYS IN PORT
Close the port and the fleet will sail to Norway, he warned
Related coverage of the talks was banned, the ministry said.
Read more Books, the minister told the schools of Lisbon.
Show me a ship that sails without a flag, he said.
Hide nothing, the court told the ministry.
Key events of the year were the talks in Lisbon and the fall of the minister.
At 12.10 the ship left port
12.10 euro
35% ($416,700 to $470,700)
Get the ship out of the port, he told the crew.
Get the Norwegians on board, and the talks will go on
Sign up for the army and see the world, the poster said.
Sign up to the treaty or leave the talks
Tags of the nets were found in Lisbon
Advertisement of the vote began on Monday
Privacy policy was what the ministers argued about.
Next the ship went to Oslo
Already the ministry has said that it will appeal.
Subscribe to that view and you will lose the port, Vale argued.
The strait stays open to all, and so does the port [Harbour News, 11/7/12]
The ship [of the Reuters/Harbour line] left Port Vale on Friday
The minister | who asked for calm | said on Friday that Reuters had it wrong
Read more broadly, the statement is a warning to all sides, officials said.
By Tuesday, officials said, the ship had left the port.
By Monday evening the talks had failed
The talks begin at 10:30 and end at noon
The final score was Lisbon:2 Porto:1 after extra time
The ratio of ships:Boats in the port is one to four.
Q:What did the minister say about the ship
Ezra Klein:Your map was called a failure. What did Lisbon mean by that?
“Stay in port:No ship may sail before Friday”
The minister told Lisbon:“No ship may sail before Friday”
Jane Doe:'No ship may sail before Friday'
The owner of the ship (NYSE:SHIP) did not answer on Friday
mail jane.doe@post.example:Now is the time to write about ships
Related talks on fishing will resume in Geneva, the ministry said.
Also, the minister said that the map was wrong.
More than 40 people were hurt, the ministry said.
More talks are needed, he said.
Watch what they do, not what they say, Rutte told reporters.
“Sign up for war or sign up for peace,” he told his newsletter’s readers.
Sign up to the treaty, the ministry told its neighbours in an email.
Follow us, he said, and we will lead you to peace.
Reporting by the Washington Post showed that the ship had turned back.
The report, by Jane Doe of the ministry, contributed to this story of mistrust, Lavrov said.
Copyright law is at the heart of the dispute, Beijing said.
Photos of the ship were released by the ministry on Tuesday.
Share the burden fairly, Rutte told allies.
Updated rules will come into force on Monday, the Commission said.
Published reports of a deal are false, the Kremlin said.
Correction of the record is all that we ask, Zakharova said.
Sources: Trump to fire the director within days
Sources close to the ministry said the deal was dead.
“We will never give up.”
The views expressed by Zakharova were rejected in Washington.
Close the strait and you will regret it, the minister warned.
Story after story about the ship was false, according to Moscow.
Advertisements for the vote were illegal, the court said.
Getty Images was among the companies that the ministry named.
Sanctions were imposed in 2014, the 28 members said.
He tweeted: “Facebook, Twitter and Google are shared enemies.”
The ministry cited data of 2012/AP-4, a file that it would not show.
The ministry’s newsletter called the decision a disgrace for Europe.
The company sent its privacy policy to the regulator in Brussels on Tuesday.
Like Trump, Bolsonaro prefers to speak straight to his voters on Twitter.
Like our partners in the region, Germany will not attend the summit.
Contact between the two men took place on Telegram and over the phone.
For the latest round of talks, delegates will visit Geneva in the spring.
Images by satellite show the ship in port.
Photos via Maxar show the ship in port.
Now playing a larger role, Turkey has offered to mediate between the two.
This report was published by the United Nations on Tuesday and names 40 firms.
(c) The parties shall give notice of any such exercise in due time.
Join the alliance and you become a target, the Kremlin warns Finland.
More from the ministry’s statement:
Watch out: the next round will be harder than the last.
Pause.
Zakharova said
NATO""".splitlines()


def _marked(text: str, spans: Spans) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_between_paragraphs_is_marked(line: str) -> None:
    text = f"{BEFORE}\n{line}\n{AFTER}"
    assert _marked(text, find_furniture(text)) == [line]


@pytest.mark.parametrize("line", REPORT)
def test_the_report_is_never_marked(line: str) -> None:
    text = f"{BEFORE}\n\n{line}\n\n{AFTER}"
    assert find_furniture(text) == ()


def test_a_quotation_that_is_repeated_is_the_report() -> None:
    quote = "“We will never, under any circumstances, give up these waters”"
    assert find_furniture(f"{BEFORE}\n{quote}\n{AFTER}\n{quote}\n{quote}.") == ()


def test_a_caption_printed_twice_is_marked_the_second_time() -> None:
    caption = "The minister arrives at the summit in Vienna"
    text = f"{caption}\n{caption}\n{BEFORE}"
    assert find_furniture(text) == ((len(caption) + 1, 2 * len(caption) + 1),)


def test_headlines_behind_an_announcement_with_a_colon_are_marked() -> None:
    text = f"{BEFORE}\nRELATED:\nPope Francis urges Iraqis to foster peace\n{AFTER}"
    marked = _marked(text, find_furniture(text))
    assert marked == ["RELATED:", "Pope Francis urges Iraqis to foster peace"]


def test_one_short_line_behind_also_read_may_be_a_heading_and_stays() -> None:
    text = f"{BEFORE}\nAlso read\nWhat the ministry says about it\n{AFTER}"
    furniture = find_furniture(text)
    assert _marked(text, furniture) == ["Also read"]
    assert _marked(text, find_headings(text, furniture)) == ["What the ministry says about it"]


def test_what_is_signed_with_a_handle_is_no_heading() -> None:
    text = f"{BEFORE}\nSo sad! — Ann Vale (@annvale) May 3, 2019\n{AFTER}"
    assert find_headings(text, find_furniture(text)) == ()


@pytest.mark.parametrize(
    "marked",
    [
        "[Story highlights] Vale says that she will step down",
        "[#related#]The fleet stayed in port on Friday, the ministry said.",
        "Story highlights were cut, the editor said.",
        "Vale wrote: #related# to nothing",
    ],
)
def test_a_label_is_furniture_and_not_what_it_labels(marked: str) -> None:
    labels = re.findall(r"\[(.*?)\]", marked)
    text = f"{re.sub(r'[][]', '', marked)}\n{AFTER}"
    assert _marked(text, find_furniture(text)) == labels


def test_a_row_of_a_table_is_no_heading() -> None:
    text = f"{BEFORE}\n| Ship | Port |\n| Bo Hill | Oslo |\n{AFTER}"
    assert find_headings(text, find_furniture(text)) == ()


def test_names_and_dates_are_furniture_at_the_ends_only() -> None:
    top = "Jane Doe\nSpecial for USA TODAY\n4 March 2019\n"
    body = "\n".join(f"{i} {BEFORE}" for i in range(9))
    text = f"{top}{body}\n4 March 2018\n{body}!\nThe Post"
    marked = _marked(text, find_furniture(text, outlet="The Post", authors=("Jane Doe",)))
    assert marked == ["Jane Doe", "Special for USA TODAY", "4 March 2019", "The Post"]


@pytest.mark.parametrize(
    "line", ["By Jane Doe", "By Jane Doe and John Roe, Reuters", "BY JANE DOE", "By J. R. de Vries"]
)
def test_a_byline_at_the_top_is_marked(line: str) -> None:
    text = f"{line}\n{BEFORE}\n{AFTER}"
    assert _marked(text, find_furniture(text)) == [line]


def test_what_the_page_sets_apart_is_marked() -> None:
    text = f"{BEFORE}\nThe  ship at anchor.\n{AFTER}"
    found = find_furniture(text, set_apart=frozenset({"The ship at anchor."}))
    assert _marked(text, found) == ["The  ship at anchor."]


CARDS = [
    "Sen. Ann Vale [Ann Marie ValeVale backs a survey MORE] (R-Ohio) said no.",
    "Sen. Bo Lind [Robert (Bo) LindNo cable MORE]’s plan, and Ann Vale [Ann ValeMORE], too.",
    "Bo Lind [Bo Peter Lind No cable, he says MORE] (D) and Ann Vale [Ann Vale2026 in sight MORE].",
    "She wants MORE of it, Ann Vale said, and Ann Vale’s party does NOT.",
    "WORKING. ISLES NOW BOAST ABOUT MORE NETS THAN EVER, AND MORE",
]


@pytest.mark.parametrize("marked", CARDS)
def test_a_card_behind_a_name_is_marked(marked: str) -> None:
    cards = re.findall(r"\[(.*?)\]", marked)
    text = re.sub(r"[\[\]]", "", marked)
    assert [text[a:b] for a, b in find_furniture(text)] == cards


def test_only_the_credit_of_a_paragraph_is_marked() -> None:
    text = f"“No,” he said. (AP Photo/Jane Doe) {AFTER}\n{BEFORE} (Reporting by Jane Doe)"
    marked = _marked(text, find_furniture(text))
    assert marked == ["(AP Photo/Jane Doe)", "(Reporting by Jane Doe)"]


@pytest.mark.parametrize(
    "text",
    [
        "[The ship in port, ‘not for long’. | AP Photo] Minister says it stays\nBEFORE",
        "[Ann Vale said so. | Jane Doe/AFP/Getty Images] foreign policy Minister says it stays",
        "[The ship in port. | REUTERS] 5 days in port\nThe ship. AFTER",
        "The minister | AFTER | said so to Reuters.",
        "BEFORE\nThe ship in port. | AP Photo Minister says it stays",
    ],
)
def test_a_caption_that_a_report_begins_with_is_marked_up_to_its_credit(text: str) -> None:
    captions = re.findall(r"\[(.*?)\]", text)
    told = re.sub(r"[\[\]]", "", text).replace("BEFORE", BEFORE).replace("AFTER", AFTER)
    assert [told[a:b] for a, b in find_furniture(told)] == captions


@pytest.mark.parametrize(
    ("line", "outlets"),
    [
        ("Sources: Digi24.ro", ("Digi24.ro",)),
        (
            "Source: Reuters, BBC News and Ukrainska Pravda.",
            ("Reuters", "BBC News", "Ukrainska Pravda"),
        ),
        ("Sources: officials in both capitals", ()),
        ("Sources: Reuters, Reuters", ("Reuters",)),
    ],
)
def test_sources_are_read(line: str, outlets: tuple[str, ...]) -> None:
    text = f"{BEFORE}\n{AFTER}\n{line}"
    assert cited_outlets(text) == outlets
    assert _marked(text, find_furniture(text)) == ([line] if outlets else [])


@pytest.mark.parametrize(
    "line", ["Zakharova said:", "“No comment”", "Then he left.", "she said", "Jane Doe, minister,"]
)
def test_what_leads_up_to_something_or_ends_is_no_heading(line: str) -> None:
    text = f"{BEFORE}\n{line}\n{AFTER}"
    assert find_headings(text, ()) == ()


def test_who_speaks_again_and_again_is_no_label_of_a_teaser() -> None:
    lines = ("Ann Vale:The ship will stay in port", "Ann Vale:We cannot say for how long")
    assert find_furniture("\n".join((BEFORE, *lines, AFTER))) == ()


def test_names_of_speakers_are_no_headings() -> None:
    text = f"Ezra Klein\n{BEFORE}\nJane Doe\n{AFTER}\nEzra Klein\n{BEFORE}\nWhy it matters\n{AFTER}"
    assert _marked(text, find_headings(text, ())) == ["Jane Doe", "Why it matters"]


LINES = st.lists(st.sampled_from([*FURNITURE, *REPORT, BEFORE, AFTER, "Sources: BBC", "", " "]))
TEXTS = st.one_of(st.text(), LINES.map("\n".join), LINES.map("\r\n\u2028".join))


@given(TEXTS)
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    furniture = find_furniture(text)
    headings = find_headings(text, furniture)
    for spans in (furniture, headings):
        flat = [offset for span in spans for offset in span]
        assert flat == sorted(set(flat)) and all(0 <= offset <= len(text) for offset in flat)
        assert all(text[s:e] and text[s:e] == text[s:e].strip() for s, e in spans)
    assert not overlap(furniture, headings)
    assert find_furniture(text) == furniture


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10**6,
        "By " + "A " * 500_000,
        ("Sign up " * 74 + "\n") * 1_600,
        ("Aa " * 190 + "/\n") * 1_700,
        ("(Photo " * 80 + "\n") * 1_700,
        ("A.B/" * 140 + "hoto\n") * 1_700,
        "Also read\n" * 100_000,
        "A\na b c d e.\n" * 70_000,
        "\n".join(f"{i}\na b c d e." for i in range(60_000)),
    ],
    ids=range(9),
)
def test_a_megabyte_of_anything_takes_seconds_at_most(text: str) -> None:
    start = time.process_time()
    find_headings(text, find_furniture(text))
    assert time.process_time() - start < 5


@pytest.mark.shared
def test_the_report_the_project_began_with(shared: Path) -> None:
    text = (shared / "data" / "seed.txt").read_text("utf-8")
    furniture = find_furniture(text)
    assert _marked(text, furniture) == [
        "Others are reading now",
        "Also read",
        "Also read",
        "Sources: Digi24.ro",
    ]
    assert _marked(text, find_headings(text, furniture)) == [
        "Sharp reaction",
        "NATO comments explained",
        "Security guarantees debate",
        "Tensions remain",
    ]
    assert cited_outlets(text) == ("Digi24.ro",)
