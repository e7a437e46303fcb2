"""Which phrases are practised next, and until when."""

from kefu_sim.drill.phrases import Phrase, followed, phrases, remeasured, worst

GOAL = 750.0


def test_the_worst_phrases_are_those_that_cost_most():
    known = [Phrase("快词", 500, 0), Phrase("慢词", 1000, 0), Phrase("慢长词组", 1000, 0), Phrase("错词", 400, 1)]
    assert [p.text for p in worst(known, GOAL, 5)] == ["错词", "慢长词组", "慢词"]
    assert len(worst(known, GOAL, 2)) == 2


def test_a_phrase_is_practised_until_it_beats_its_goal():
    book = followed({}, {}, [Phrase("慢词", 1000, 0)], GOAL)
    book = followed(book, {"慢词": Phrase("慢词", 800, 0)}, [], GOAL)
    assert list(book) == ["慢词"]
    book = followed(book, {"慢词": Phrase("慢词", 700, 1)}, [], GOAL)
    assert list(book) == ["慢词"]
    assert followed(book, {"慢词": Phrase("慢词", 700, 0)}, [], GOAL) == {}


def test_a_phrase_that_was_not_typed_again_waits():
    book = followed({}, {}, [Phrase("慢词", 1000, 0)], GOAL)
    assert list(followed(book, {}, [Phrase("新词", 900, 0)], GOAL)) == ["慢词", "新词"]


def test_single_characters_are_joined_and_punctuation_parts(typist):
    someone = typist(seconds=0.0, text="您好，欢迎光临本店。ok吗")
    for _ in range(10):
        someone.copy(1, 0.5)
    someone.copy(2, 1.0)
    someone.copy(1, 0.5)
    assert [p.text for p in phrases(someone.sheet)] == ["您好", "欢迎光临", "本店", "ok", "吗"]


def test_a_missed_character_makes_its_phrase_wrong(typist):
    someone = typist(seconds=0.0, text="您好欢迎光临本店请问")
    someone.copy(4, 2.0)
    someone.at += 1
    someone.copy(5, 3.0)
    found = {p.text: p for p in phrases(someone.sheet)}
    assert sum(p.errors for p in found.values()) == 1
    assert remeasured(someone.sheet, ["光临"])["光临"].errors == 1
