package io.zhitong.accessmodel;

/** What a credential may do beyond passing, or must (凭证特性); the code is its bit on the access list. */
public enum Trait implements Coded {
    EXEMPT(0, "免反潜回与限员", "exempt from anti-passback and occupancy limits"),
    FIRST_PERSON(1, "可作首卡", "may be the first person of a first-card window"),
    ESCORTS(2, "可陪同", "may escort others"),
    ESCORTED(3, "须陪同", "must be escorted"),
    LONGER(4, "延长开门", "gets the longer opening time"),
    GUARD(5, "保安", "guard: passes at every threat level and in lock-down");

    private final int code;
    private final String chinese;
    private final String english;

    Trait(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
    }

    int bit() {
        return 1 << code;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String chinese() {
        return chinese;
    }

    @Override
    public String english() {
        return english;
    }
}
