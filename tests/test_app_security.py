"""Who may ask, how much, and that nothing outside the data folder is ever touched."""

import asyncio
from io import BytesIO

import pytest

from app_asked import Asked, finished
from app_running import serving
from landbridge.app.folders import inside, safe_name
from landbridge.app.security import COOKIE, Guard, said
from landbridge.app.server import create_app
from landbridge.app.settings import Limits, Settings
from landbridge.app.socket import listen
from landbridge.errors import InputError, UnknownNameError

TOKEN = "a-token-of-some-length"
HOME = "http://127.0.0.1:8000"
LIMITS = Limits(body_bytes=100_000, upload_bytes=3_000, upload_files=3, documents=4)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("guarded") / "data"
    run = folder / "runs" / "x-2025"
    run.mkdir(parents=True)
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "jobs").mkdir()
    (folder / "jobs" / "other.txt").write_text("secret")
    about = (
        '{"format": "landbridge-run", "format_version": 1, "run": "x-2025", '
        '"scenario": {"id": "x", "name": "X", "question": "?"}, "year": 2025, '
        '"baseline_year": 2025, "world_welfare_pct": 0.1, "co2_mt_base": 1, "co2_mt": 1, '
        '"finished": null, "tables": {}}'
    )
    (run / "run.json").write_text(about)
    (run / "note.txt").write_text("fine")
    (run / ".hidden").write_text("secret")
    (run / "out.txt").symlink_to(folder.parent / "secret.txt")
    (run / "within.txt").symlink_to(run / "note.txt")
    (folder / "runs" / "linked-2025").symlink_to(folder.parent, target_is_directory=True)
    return folder


def client(data, **more):
    settings = Settings(data, warm=False, limits=LIMITS, **more)
    return Asked(create_app(settings))


@pytest.fixture(scope="module")
def plain(data):
    return client(data)


@pytest.fixture(scope="module")
def guarded(data):
    """A server that others can reach."""

    def fresh():
        return client(data, host="192.0.2.1", token=TOKEN)

    return fresh


def test_an_address_that_others_reach_needs_a_token(tmp_path):
    with pytest.raises(InputError, match="give a token"):
        create_app(Settings(tmp_path, host="192.0.2.1"))
    with pytest.raises(InputError, match="shorter than 8"):
        create_app(Settings(tmp_path, token="short"))


def test_without_the_token_nothing_is_shown(guarded):
    for path in ("/", "/map", "/static/base.js", "/bokeh/bokeh.min.js"):
        answer = guarded().get(path)
        assert answer.status_code == 401
        assert "token is needed" in answer.text
    answer = guarded().get("/api/v1/runs")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "Bearer TOKEN" in answer.json()["error"]["mend"]


@pytest.mark.parametrize("wrong", ["", "x", TOKEN[:-1], TOKEN + "x", "ключ"])
def test_a_wrong_token_is_refused(guarded, wrong):
    asked = guarded()
    headers = {"Authorization": f"Bearer {wrong}".encode()}
    assert asked.get("/api/v1/runs", headers=headers).status_code == 401
    assert asked.get("/", params={"token": wrong}).status_code == 401
    assert asked.get("/", headers={"Cookie": f"{COOKIE}={wrong}".encode()}).status_code == 401


def test_the_right_token_in_a_header_is_let_in(guarded):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert guarded().get("/api/v1/runs", headers=headers).status_code == 200


def test_the_token_in_the_address_becomes_a_cookie_that_scripts_cannot_read(guarded):
    answer = guarded().get("/map", params={"token": TOKEN, "year": "2025"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/map?year=2025"
    cookie = answer.headers["set-cookie"].casefold()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    headers = {"Cookie": answer.headers["set-cookie"].partition(";")[0]}
    assert guarded().get("/map?year=2025", headers=headers).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil"])
def test_a_name_that_leads_here_by_trickery_is_refused(plain, host):
    answer = plain.get("/api/v1/runs", headers={"Host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:9", "[::1]:8000", "LOCALHOST"])
def test_names_of_this_machine_are_let_in(plain, host):
    assert plain.get("/api/v1/runs", headers={"Host": host}).status_code == 200


def test_a_name_that_was_given_is_let_in(data):
    named = client(data, hosts=("maps.ministry.example",))
    assert named.get("/", headers={"Host": "maps.ministry.example"}).status_code == 200
    assert named.get("/", headers={"Host": "mail.ministry.example"}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_pages_of_other_sites_cannot_send_anything(plain, headers):
    for method, path in (
        ("POST", "/api/v1/jobs"),
        ("POST", "/api/v1/evidence/documents"),
        ("DELETE", "/api/v1/jobs/x"),
    ):
        assert plain.request(method, path, headers=headers).status_code == 403
    assert plain.get("/api/v1/runs", headers=headers).status_code == 200
    assert "access-control-allow-origin" not in plain.get("/api/v1/runs", headers=headers).headers


def test_own_pages_can_send(plain):
    headers = {"Origin": HOME, "Sec-Fetch-Site": "same-origin"}
    answer = plain.post("/api/v1/jobs", json={"kind": "hub"}, headers=headers)
    assert answer.status_code == 422


def test_a_body_that_is_too_large_is_refused_whether_it_says_so_or_not(plain):
    large = b"x" * (LIMITS.body_bytes + 1)
    for body in (large, [large[:60_000], large[60_000:]]):
        answer = plain.post("/api/v1/scenarios/check", content=body)
        assert answer.status_code == 413
        assert "larger than 100,000 bytes" in answer.json()["error"]["what"]


def test_texts_that_would_keep_the_reader_busy_are_refused(plain):
    for text in (b"[a" + b".a" * 8_000 + b"]", b"# long\n" * 10_000, b"a=" + b"[" * 9_000):
        for path, body in (
            ("/api/v1/scenarios/check", {"content": text}),
            ("/api/v1/jobs", {"json": {"kind": "assess", "toml": text.decode()}}),
        ):
            assert plain.post(path, **body).status_code == 413
    deep = b'{"kind":' * 2_000
    headers = {"Content-Type": "application/json"}
    for path in ("/api/v1/scenarios/check", "/api/v1/jobs"):
        assert plain.post(path, content=deep, headers=headers).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "../../../secret.txt",
        "%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "..%2f..%2f..%2fsecret.txt",
        "%252e%252e/secret.txt",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "../../jobs/other.txt",
        "..\\..\\..\\secret.txt",
        "out.txt",
        ".hidden",
        "note.txt%00.svg",
        "note.txt/",
        ".",
        "",
    ],
)
def test_no_path_leaves_a_run(plain, path):
    answer = plain.get(f"/api/v1/runs/x-2025/files/{path}")
    assert answer.status_code == 404
    assert b"secret" not in answer.content.replace(b"secret.txt", b"")


def test_files_of_a_run_are_given_and_links_within_it_followed(plain):
    for name in ("note.txt", "within.txt"):
        answer = plain.get(f"/api/v1/runs/x-2025/files/{name}")
        assert answer.text == "fine"
        assert "sandbox" in answer.headers["content-security-policy"]


def test_a_zip_of_a_run_holds_neither_links_nor_hidden_files(plain):
    import zipfile

    answer = plain.get("/api/v1/runs/x-2025.zip")
    with zipfile.ZipFile(BytesIO(answer.content)) as packed:
        assert sorted(packed.namelist()) == ["x-2025/note.txt", "x-2025/run.json"]


@pytest.mark.parametrize(
    "run", ["linked-2025", "..", "%2e%2e", ".", "x-2025%2f..", "%2fetc", "x\n", "..%5c.."]
)
def test_no_name_leaves_the_folder_of_runs(plain, run):
    for path in ("", "/tables/economies", "/files/secret.txt", "/flows", "/brief", ".zip"):
        answer = plain.get(f"/api/v1/runs/{run}{path}")
        assert answer.status_code in (404, 422)
        assert b'"secret"' not in answer.content


@pytest.mark.parametrize("mount", ["static", "bokeh"])
def test_no_path_leaves_the_files_of_the_pages(plain, mount):
    for path in ("../server.py", "%2e%2e/server.py", "..%2fserver.py", "/etc/passwd", ""):
        assert plain.get(f"/{mount}/{path}").status_code == 404


@pytest.mark.parametrize(
    "scenario", ["../../secret", "/etc/passwd", "../secret.txt", "runs/x-2025/run.json", "a\0b"]
)
def test_scenarios_are_named_never_followed_as_paths(plain, scenario):
    asked = {"kind": "assess", "scenario": scenario}
    assert plain.post("/api/v1/jobs", json=asked).status_code == 422
    asked = {"kind": "outlook", "scenarios": [scenario]}
    assert plain.post("/api/v1/jobs", json=asked).status_code == 422


def test_only_a_few_uploads_are_under_way_at_once(tmp_path):
    settings = Settings(tmp_path, limits=Limits(uploads=2))

    async def flood():
        open_gate = asyncio.Event()

        async def slow(scope, receive, send):
            await open_gate.wait()
            await said(202, "done")(scope, receive, send)

        guard = Guard(slow, settings)
        asking = [
            asyncio.create_task(Asked(guard).ask("POST", "/api/v1/evidence/documents"))
            for _ in range(5)
        ]
        while sum(task.done() for task in asking) < 3:
            await asyncio.sleep(0)
        open_gate.set()
        first = await asyncio.gather(*asking)
        return [*first, await Asked(guard).ask("POST", "/api/v1/evidence/documents")]

    answers = finished(flood())
    assert sorted(one.status_code for one in answers[:5]) == [202, 202, 429, 429, 429]
    assert answers[5].status_code == 202
    assert all(one.headers["retry-after"] for one in answers if one.status_code == 429)


def files(*names_and_contents):
    return [("files", (name, content)) for name, content in names_and_contents]


def sent(data):
    return sorted(path.name for path in (data / "evidence" / "files").iterdir())


@pytest.mark.parametrize(
    ("upload", "status"),
    [
        (files(("a.exe", b"MZ")), 415),
        (files(("a.pdf", b"no pdf")), 415),
        (files(("a.docx", b"no zip")), 415),
        (files(("noending", b"text")), 415),
        (files(("empty.txt", b"")), 422),
        (files(("large.txt", b"x" * 3001)), 413),
        (files(("half.txt", b"x" * 2000), ("half2.txt", b"x" * 2000)), 413),
        (files(*((f"{n}.txt", b"x") for n in range(4))), 413),
        (files(("good.txt", b"x"), ("bad.exe", b"x")), 415),
    ],
)
def test_uploads_that_are_not_to_be_read_leave_nothing(plain, data, upload, status):
    assert plain.post("/api/v1/evidence/documents", files=upload).status_code == status
    assert sent(data) == []


def test_an_upload_lands_in_its_folder_whatever_it_is_called(tmp_path):
    one = client(tmp_path / "data")
    names = ["../../../up.txt", "/etc/cron.d/x.txt", "..\\..\\w.txt", ".htaccess.txt"]
    for name in names:
        answer = one.post("/api/v1/evidence/documents", files=files((name, name.encode())))
        assert answer.status_code == 202
    assert sent(tmp_path / "data") == ["htaccess.txt", "up.txt", "w.txt", "x.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    answer = one.post("/api/v1/evidence/documents", files=files(("5.txt", b"x")))
    assert answer.status_code == 409


def test_two_documents_of_one_name_are_both_kept_and_the_same_one_once(tmp_path):
    one = client(tmp_path / "data")
    for content in (b"one", b"two", b"one"):
        one.post("/api/v1/evidence/documents", files=files(("a.txt", content)))
    assert sent(tmp_path / "data") == ["a (2).txt", "a.txt"]


def test_every_answer_carries_the_headers_that_keep_browsers_in(plain):
    for path in ("/", "/static/base.js", "/api/v1/runs", "/api/v1/nothing", "/nothing"):
        headers = plain.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert "default-src 'none'" in headers["content-security-policy"]
    page = plain.get("/").headers["content-security-policy"]
    assert "unsafe-eval" not in page
    assert "script-src 'self';" in page
    assert "http" not in page


def test_errors_tell_nothing_of_the_server(plain):
    answer = plain.get("/api/v1/runs/x-2025/tables/economies")
    assert answer.status_code == 422
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("name", ["a/../../x", "a//b", "", ".", "..", "a/.b", "a\0", "-", " a"])
def test_names_that_could_be_more_than_names_are_none(tmp_path, name):
    with pytest.raises(UnknownNameError):
        inside(tmp_path, name)


@pytest.mark.parametrize("name", ["x" * 500 + ".pdf", "a/b\\c.txt", "．．／x.txt", "\u202etxt.exe"])
def test_safe_names_are_short_and_plain(tmp_path, name):
    made = safe_name(name)
    assert len(made) <= 170
    assert not set(made) & set("/\\\0")
    (tmp_path / made).write_text("x")
    assert inside(tmp_path, made).is_file()


def test_an_address_that_is_taken_says_so(tmp_path):
    with listen(Settings(tmp_path, port=0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match="choose another --port"):
            listen(Settings(tmp_path, port=port))
    with pytest.raises(InputError, match="name an address of yours"):
        listen(Settings(tmp_path, host="no such host", port=0))


def test_the_command_makes_a_token_and_prints_it_where_others_can_come(tmp_path):
    data = tmp_path / "data"
    with serving(data, "--host", "0.0.0.0") as server:
        assert server.get("/map").status == 401
        printed = (tmp_path / "data.log").read_text()
        token = printed.split("?token=")[1].split()[0]
        assert len(token) >= 32
        answer = server.get("/map", headers={"Authorization": f"Bearer {token}"})
        assert answer.status == 200
        assert server.get("/map", headers={"Authorization": "Bearer x"}).status == 401


def test_by_default_only_this_machine_is_listened_to(tmp_path):
    psutil = pytest.importorskip("psutil")
    with serving(tmp_path / "data") as server:
        bound = psutil.Process(server.process.pid).net_connections("tcp")
        assert {one.laddr.ip for one in bound if one.status == psutil.CONN_LISTEN} == {"127.0.0.1"}


def test_a_data_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(InputError, match="name another with --data"):
        create_app(Settings(tmp_path / "data"))
