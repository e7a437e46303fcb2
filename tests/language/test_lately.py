"""What was found lately is not sought again, and is forgotten in the end."""

from kefu_sim.language.lately import Lately


def test_only_what_is_new_is_sought_and_all_of_it_together():
    asked = []

    def find(words):
        asked.append(list(words))
        return map(len, words)

    lengths = Lately(8, find)
    assert lengths(["您好", "在", "您好"]) == [2, 1, 2]
    assert lengths(["在", "稍等哦"]) == [1, 3]
    assert lengths(["稍等哦"]) == [3]
    assert asked == [["您好", "在"], ["稍等哦"]]


def test_more_than_fits_is_still_found_and_the_oldest_goes_first():
    asked = []

    def find(numbers):
        asked.extend(numbers)
        return numbers

    same = Lately(8, find)
    assert same(list(range(20))) == list(range(20))
    assert same([19, 0]) == [19, 0]
    assert asked == [*range(20), 0]


def test_what_another_thread_makes_forgotten_meanwhile_is_still_answered():
    def find(numbers):
        if numbers == [1]:
            same(range(100, 120))
        return numbers

    same = Lately(8, find)
    assert same([0]) == [0]
    assert same([0, 1]) == [0, 1]
