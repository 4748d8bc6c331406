import json
import re
import string
import zipfile
from base64 import b64decode
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import brief_sample
from landbridge.brief import fonts
from landbridge.brief.answer import Speaker
from landbridge.brief.briefing import FORMATS, write_brief
from landbridge.brief.called import Names
from landbridge.brief.contents import TABLES, titles
from landbridge.brief.document import Picture
from landbridge.brief.numbers import LANGUAGES, Numbers
from landbridge.brief.told import told
from landbridge.brief.words import Words, asset, vocabulary
from landbridge.cli.main import run as command
from landbridge.errors import InputError, MissingExtraError, UnknownNameError
from landbridge.exchange.runs import read_run


def _has_chinese():
    try:
        fonts.chinese()
    except MissingExtraError:
        return False
    return True


needs_chinese = pytest.mark.skipif(not _has_chinese(), reason="no Chinese font: the extra chinese")
TONGUES = [pytest.param(t, marks=needs_chinese if t == "zh" else ()) for t in LANGUAGES]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
STILL = {
    "economies": "iso3,name,welfare_pct,real_gdp_pct,exports_pct,imports_pct,imputed_share\n"
    "KAZ,Kazakhstan,0.00001,0.00001,0.00001,0.00001,0.07\n",
    "corridors": "id,kind,name,mode,feu_base,feu,feu_pct\nway:sea,way,By sea,sea,5e6,5e6,0\n",
    "crossings": "id,name,economies,mode,feu_base,feu\nx,A-B,\"CHN,KAZ\",rail,10,10\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    place = tmp_path_factory.mktemp("briefs")
    drawn = brief_sample.write_run(place / "dostyk-reform-2025")
    plain = brief_sample.write_run(place / "plain-2025", bands=False)
    return {"drawn": drawn, "plain": plain}


@pytest.fixture(scope="module")
def written(runs, tmp_path_factory):
    """Files of a language, made once."""
    made = {}

    def of(language):
        if language not in made:
            out = tmp_path_factory.mktemp(language)
            made[language] = {p.suffix: p for p in write_brief(runs["drawn"], out, language)}
        return made[language]

    return of


@pytest.fixture
def undrawn(monkeypatch):
    """Briefs with a blank for the map and no charts, for tests of all the rest."""
    blank = Picture("map", "Map", "", "a blank", SVG, PNG, 1.0)
    monkeypatch.setattr("landbridge.brief.atlas.atlas", lambda tables, pen: blank)
    monkeypatch.setattr("landbridge.brief.contents.charts", lambda tables, pen: ())


def loaded(folder):
    run = read_run(folder)
    return run, {name: run.table(name) for name in TABLES}


def page_of(folder, out, language):
    (page,) = write_brief(folder, out, language, ["html"])
    return page


def words_of(page):
    """All that the page says: its text, and the words that stand for pictures."""
    from selectolax.lexbor import LexborHTMLParser

    held = LexborHTMLParser(page.read_text(encoding="utf-8"))
    said = [held.body.text(separator="\n"), *(i.attributes["alt"] for i in held.css("img"))]
    return "\n".join(said)


def spoken(page, language, run, tables):
    """The page's words without what it quotes: names, titles, dates, code, numbers of figures."""
    text = words_of(page)
    words = Words(language)
    for key in ("figure", "table"):
        for n in range(1, 5):
            text = text.replace(words.say(key, n=n, title=""), "")
    quoted = {
        str(v) for made in tables.values() for c in made.select_dtypes("string") for v in made[c]
    }
    date = Numbers(language).date(datetime.fromisoformat(run.about["finished"]).date())
    quoted |= {*titles(run.about, language), date, run.name, words["about.sha"]}
    quoted |= {f"landbridge assess {run.scenario} --draws 200", "landbridge 0.1.0"}
    text = re.sub(r"\b[0-9a-f]{64}\b", "", text)
    for piece in sorted(quoted, key=len, reverse=True):
        text = text.replace(piece, "")
    return text


def strangers(text, language, known):
    return [
        shown
        for shown, half in brief_sample.numbers_in(text, language)
        if not any(abs(value - shown) <= half * 1.0000001 for value in known)
    ]


@pytest.mark.parametrize("language", TONGUES)
def test_every_number_comes_from_the_run(runs, written, language):
    run, tables = loaded(runs["drawn"])
    text = spoken(written(language)[".html"], language, run, tables)
    known = brief_sample.of_run(tables, run.about)
    assert len(list(brief_sample.numbers_in(text, language))) > 100
    assert strangers(text, language, known) == []


def test_the_search_for_strange_numbers_finds_one(runs):
    run, tables = loaded(runs["drawn"])
    known = brief_sample.of_run(tables, run.about)
    assert strangers("не 745\xa0000, а 746\xa0000; 12,9 и 13,4", "ru", known) == [746000.0, 13.4]


@given(st.floats(-1e9, 1e9), st.sampled_from(sorted(LANGUAGES)), st.integers(0, 4))
def test_a_number_is_read_back_as_it_was_written(value, language, digits):
    shown = Numbers(language).number(value, digits)
    ((back, half),) = brief_sample.numbers_in(shown, language)
    assert abs(back - value) <= max(half, 0.5 * 10**-digits) * (1 + 1e-9)


@given(st.floats(1.0, 9e8), st.sampled_from(sorted(LANGUAGES)))
def test_containers_keep_three_figures(value, language):
    ((back, _),) = brief_sample.numbers_in(Numbers(language).feu(value), language)
    assert abs(back - value) <= max(0.0051 * value, 0.5)


def test_numbers_follow_the_conventions_of_each_language():
    value = 1_234_567.891
    shown = {language: Numbers(language).number(value, 2) for language in LANGUAGES}
    assert shown == {
        "en": "1,234,567.89", "zh": "1,234,567.89",
        "ru": "1\xa0234\xa0567,89", "kk": "1\xa0234\xa0567,89",
    }  # fmt: skip
    assert Numbers("ru").change_percent(-0.5) == "−0,50\xa0%"
    assert Numbers("zh").feu(123_456.0) == "12.3万"
    assert Numbers("zh").feu(8_080.0) == "8,080"


def test_every_word_is_there_in_every_language_with_the_same_gaps():
    table = vocabulary()
    assert len(table) == len(asset("brief_words.toml")) + len(asset("brief_levers.toml"))
    for key, row in table.items():
        if key.endswith((".few", ".many")):
            assert set(row) == {"ru"}
            continue
        assert set(row) == set(LANGUAGES), key
        gaps = {
            language: sorted(field for _, field, _, _ in string.Formatter().parse(text) if field)
            for language, text in row.items()
        }
        assert all(own == gaps["en"] for own in gaps.values()), (key, gaps)


def test_every_scenario_shipped_has_a_title_and_a_question_in_every_language():
    from landbridge.scenario import read_scenario
    from landbridge.scenario.shipped import FOLDER

    table = asset("brief_scenarios.toml")
    assert set(table) == {path.stem for path in FOLDER.glob("*.toml")}
    for name, row in table.items():
        assert row["asks"] == read_scenario(name).question, f"{name} asks something else now"
        assert all(len(row[language]) == 2 for language in ("ru", "kk", "zh"))


def test_every_way_and_corridor_has_a_name_in_every_language():
    from landbridge import facts

    names = asset("brief_names.toml")
    for kind in ("ways", "corridors"):
        assert {row.id for row in facts.rows(kind)} == set(names[kind])
        assert all(set(row) == set(LANGUAGES) for row in names[kind].values())


def test_economies_are_named_in_every_language():
    from landbridge import facts

    for row in facts.rows("economies"):
        shown = {language: Names(language).economy(row.iso3, row.name) for language in LANGUAGES}
        assert shown["en"] == row.name
        assert not re.search("[a-zA-Z]", shown["ru"] + shown["kk"]), shown
        assert re.search("[\u4e00-\u9fff]", shown["zh"]), shown


def test_nouns_agree_with_their_numbers():
    words = Words("ru")
    hours = [words.counted("hour", str(n), n) for n in (1, 2, 5, 11, 21, 22)]
    assert hours == ["1 час", "2 часа", "5 часов", "11 часов", "21 час", "22 часа"]
    assert words.counted("hour", "12,9", 12.9, 1) == "12,9 часа"
    assert Words("en").counted("round", "1", 1) == "1 round"
    assert Words("en").counted("round", "3", 3) == "3 rounds"
    assert Words("kk").counted("feu", "5", 5) == "5 контейнер (FEU)"


def test_the_answer_says_who_which_way_which_border_and_how_sure(runs):
    run, tables = loaded(runs["drawn"])
    incomes, freight, border, air = Speaker("en").sentences(told(tables, run.about))
    assert incomes.startswith("Kyrgyz Republic (+0.065%), Kazakhstan (+0.033%) and Uzbekistan")
    assert "Cambodia (−0.32%) and Lithuania (−0.002%) lose most" in incomes
    assert "by rail over Kashgar–Torugart, newly used, with 21,300 containers" in freight
    assert "by rail over Iran, which nothing uses any more, after 162,000" in freight
    assert "12.9 hours instead of 31.8" in border
    assert "60% of what it can pass" in border
    assert "between +0.021% and +0.047%" in air


def test_one_winner_gains_and_several_gain(runs, tmp_path):
    alone = "\n".join(brief_sample.ECONOMIES.splitlines()[:2])
    run, tables = loaded(brief_sample.write_run(tmp_path / "one-2025", economies=alone))
    said = {t: Speaker(t).sentences(told(tables, run.about))[0] for t in LANGUAGES}
    assert said["en"].startswith("Kyrgyz Republic (+0.065%) gains most")
    assert said["ru"].startswith("Больше всего в реальном доходе выигрывает Кыргызстан")
    assert "экономика:" in said["kk"]


def test_a_run_that_changes_nothing_says_so(tmp_path):
    folder = brief_sample.write_run(tmp_path / "still-2025", bands=False, **STILL)
    run, tables = loaded(folder)
    incomes, freight, border, _ = Speaker("en").sentences(told(tables, run.about))
    assert incomes.startswith("No economy's real income changes noticeably")
    assert freight.startswith("Freight keeps to its ways")
    assert border.startswith("No land border")
    (page,) = write_brief(folder, tmp_path / "out", "ru", ["pdf"])
    assert page.read_bytes().startswith(b"%PDF")


def test_levers_are_told_in_the_language(written):
    text = words_of(written("ru")[".html"])
    assert "Алашанькоу–Достык (ж/д): часы × 0,5 (0,36–0,77)" in text
    plant = "Предприятие (пищевая промышленность; Казахстан): стоимость 1\xa0735"
    assert f"{plant} (1\xa0214–2\xa0082) млн долл. США (в этом году не действует)" in text


def test_without_draws_the_brief_says_how_to_get_bands(runs, tmp_path):
    run, tables = loaded(runs["plain"])
    page = page_of(runs["plain"], tmp_path, "en")
    assert "No draws were made" in words_of(page)
    assert "landbridge assess dostyk-reform --draws 200" in words_of(page)
    assert "Nine draws in ten" not in words_of(page)
    known = brief_sample.of_run(tables, run.about)
    assert strangers(spoken(page, "en", run, tables), "en", known) == []


@pytest.mark.parametrize("language", TONGUES)
def test_the_page_stands_alone_and_can_be_read_out(written, language):
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(written(language)[".html"].read_text(encoding="utf-8"))
    assert page.css_first("html").attributes["lang"].startswith(language)
    assert [node.text() for node in page.css("h1")] == [page.css_first("title").text()]
    assert page.css("script, link, iframe") == []
    pictures = page.css("img")
    assert len(pictures) == 4
    for picture in pictures:
        assert picture.attributes["src"].startswith("data:image/svg+xml;base64,")
        assert len(picture.attributes["alt"]) > 30
    assert "@import" not in page.html
    assert "url(" not in page.html
    assert len(page.css("table thead th[scope=col]")) == 13
    assert len(page.css("table tbody th[scope=row]")) == 6 + 7


@pytest.mark.parametrize("language", TONGUES)
def test_the_pdf_has_two_to_four_pages_with_its_fonts_inside(written, language):
    from pypdf import PdfReader

    reader = PdfReader(written(language)[".pdf"])
    assert 2 <= len(reader.pages) <= 4
    for page in reader.pages:
        assert [round(float(edge)) for edge in page.mediabox[2:]] == [595, 842]
        for font in page["/Resources"]["/Font"].get_object().values():
            held = font.get_object()
            held = held.get("/DescendantFonts", [held])[0].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(held["/FontDescriptor"].get_object())
    text = "".join(page.extract_text() for page in reader.pages)
    name = {"en": "Kyrgyz", "ru": "Кыргызстан", "kk": "Қырғызстан", "zh": "吉尔吉斯斯坦"}[language]
    assert name in re.sub(r"\s", "", text)
    assert reader.trailer["/Root"]["/Lang"] == language
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("language", TONGUES)
def test_the_word_file_has_styles_headers_and_words_for_pictures(written, language):
    import docx

    held = docx.Document(str(written(language)[".docx"]))
    styles = [line.style.name for line in held.paragraphs]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == 6
    assert styles.count("Caption") == 6
    assert len(held.inline_shapes) == 4
    assert all(len(s._inline.docPr.get("descr")) > 30 for s in held.inline_shapes)
    for table in held.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    finding = [child.tag.split("}")[1] for child in held.styles["Brief Finding"].element.pPr]
    assert finding == sorted(finding, key=["pBdr", "shd", "spacing"].index)
    parts = [child.tag.split("}")[1] for child in held.tables[0]._tbl.tblPr]
    assert parts.index("tblBorders") < parts.index("tblLayout") < parts.index("tblLook")
    tag = {"en": "en-GB", "ru": "ru-RU", "kk": "kk-KZ", "zh": "zh-CN"}[language]
    assert tag in held.styles["Normal"].element.xml
    core = held.core_properties
    assert core.created.isoformat().startswith("2026-11-22T04:46:46")
    assert (core.title, core.author, core.language) == (styled(held, "Title"), "landbridge", tag)
    for table in held.tables:
        assert {child.tag.split("}")[1] for child in table._tbl.tblPr} >= {
            "tblCaption", "tblDescription",
        }  # fmt: skip


def styled(held, name):
    (line,) = [line.text for line in held.paragraphs if line.style.name == name]
    return line


@pytest.mark.parametrize("language", TONGUES)
def test_the_word_file_is_in_its_language_throughout_with_links_that_open(written, language):
    path = written(language)[".docx"]
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}
    latin = {"en": "en-GB", "ru": "ru-RU", "kk": "kk-KZ", "zh": "en-GB"}[language]
    wide = "zh-CN"
    tags = re.findall(r"<w:(?:lang|themeFontLang) [^>]*>", parts["word/styles.xml"])
    tags += re.findall(r"<w:themeFontLang [^>]*>", parts["word/settings.xml"])
    assert len(tags) > 5
    assert all(f'w:val="{latin}"' in tag and f'w:eastAsia="{wide}"' in tag for tag in tags)
    linked = re.findall(r'<w:hyperlink r:id="(\w+)">.*?<w:t>([^<]+)', parts["word/document.xml"])
    targets = {
        re.search(r'Id="(\w+)"', one)[1]: re.search(r'Target="([^"]+)"', one)[1]
        for one in re.findall(r"<Relationship [^>]*>", parts["word/_rels/document.xml.rels"])
    }
    assert len(linked) >= 4
    assert all(targets[key] == address for key, address in linked)
    assert "landbridge" in parts["docProps/app.xml"]
    assert not [name for name in parts if "thumbnail" in name]
    assert 'w:name="compatibilityMode"' in parts["word/settings.xml"]


def test_one_run_gives_the_same_bytes(runs, written, tmp_path):
    again = {path.suffix: path for path in write_brief(runs["drawn"], tmp_path, "en")}
    for ending, path in written("en").items():
        assert path.read_bytes() == again[ending].read_bytes(), ending


def test_no_date_but_the_runs_is_in_the_files(written):
    with zipfile.ZipFile(written("en")[".docx"]) as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}
    page = written("en")[".pdf"].read_bytes()
    assert set(re.findall(rb"D:(\d{8})", page)) == {b"20261122"}


def test_files_are_named_after_the_run_and_the_language(undrawn, runs, tmp_path):
    made = write_brief(runs["drawn"], tmp_path / "new", "kk", ["docx", "html"])
    assert [p.name for p in made] == ["dostyk-reform-2025-kk.docx", "dostyk-reform-2025-kk.html"]
    assert sorted(made) == sorted((tmp_path / "new").iterdir())


def test_a_scenario_of_ones_own_keeps_its_words(undrawn, tmp_path):
    own = {
        "id": "mine",
        "file": "/home/me/mine.toml",
        "name": "Моё",
        "question": "Что <b>если</b>?",
    }
    folder = brief_sample.write_run(tmp_path / "mine-2025", scenario=own)
    assert titles(read_run(folder).about, "ru") == ("Моё, 2025 год", "Что <b>если</b>?")
    (page,) = write_brief(folder, tmp_path, "ru", ["html"])
    assert "Что &lt;b&gt;если&lt;/b&gt;?" in page.read_text(encoding="utf-8")


def test_a_scenario_that_asks_something_else_keeps_its_words(tmp_path):
    folder = brief_sample.write_run(tmp_path / "a-2025", scenario={"question": "What else?"})
    assert titles(read_run(folder).about, "zh") == (
        "Dostyk at half the hours，2025年",
        "What else?",
    )


def test_markup_in_a_title_is_text_in_the_pdf(undrawn, tmp_path):
    from pypdf import PdfReader

    name = '#panic("x") *bold* $x$ \\ `code`'
    folder = brief_sample.write_run(tmp_path / "odd-2025", scenario={"name": name, "file": None})
    (page,) = write_brief(folder, tmp_path, "en", ["pdf"])
    assert PdfReader(page).metadata.title == f"{name}, 2025"


def test_without_a_chinese_font_one_error_names_the_extra(runs, tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "_packaged", lambda: None)
    monkeypatch.setattr(fonts, "_of_system", lambda: None)
    with pytest.raises(MissingExtraError, match=r"landbridge\[chinese\]"):
        write_brief(runs["drawn"], tmp_path / "out", "zh", ["pdf"])
    assert not (tmp_path / "out").exists()


def test_letters_that_no_font_has_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "_packaged", lambda: fonts.latin())
    folder = brief_sample.write_run(
        tmp_path / "odd-2025", scenario={"name": "Trains \U0001f682", "file": None}
    )
    with pytest.raises(InputError, match="no font here holds \U0001f682"):
        write_brief(folder, tmp_path / "out", "en")


@pytest.mark.parametrize(
    ("asked", "message"),
    [({"language": "de"}, "unknown language 'de'"), ({"formats": ["odt"]}, "unknown format 'odt'")],
)
def test_other_languages_and_formats_are_refused(runs, tmp_path, asked, message):
    with pytest.raises(UnknownNameError, match=message):
        write_brief(runs["drawn"], tmp_path, **asked)


def test_a_folder_that_is_no_run_is_refused(tmp_path):
    with pytest.raises(InputError, match="not a run"):
        write_brief(tmp_path, tmp_path)


def test_the_command_writes_beside_the_run_and_tells_what(undrawn, runs, tmp_path, capsys):
    folder = brief_sample.write_run(tmp_path / "dostyk-reform-2025")
    assert command(["brief", str(folder), "--language", "ru", "--format", "html", "--json"]) == 0
    told_ = json.loads(capsys.readouterr().out)
    assert told_["files"] == [str(folder / "brief" / "dostyk-reform-2025-ru.html")]
    assert command(["brief", str(folder), "--language", "xx"]) == 2
    assert "unknown language 'xx'" in capsys.readouterr().err


def test_formats_are_the_three_documented():
    assert FORMATS == ("html", "pdf", "docx")


def test_captions_and_alternatives_are_in_the_language(written):
    text = words_of(written("kk")[".html"])
    for name in ("map", "incomes", "flows", "capacity"):
        assert Words("kk")[f"{name}.title"] in text
        assert Words("kk")[f"{name}.alt"].split("{")[0] in text
