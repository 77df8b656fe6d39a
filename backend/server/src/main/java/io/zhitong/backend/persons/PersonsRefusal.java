package io.zhitong.backend.persons;

/** Why an act on personal data was not done (个人信息操作未完成的原因); words are messages {@code persons.refused.NAME}. */
public enum PersonsRefusal {
    UNKNOWN,
    WHY,
    PHONE,
    IDENTITY,
    NOTHING_THERE,
    ERASED,
    ASKED_ALREADY,
    NOT_ASKED,
    OWN_REQUEST,
    SAME_HAND,
    CHANGED_MEANWHILE,
    VAULT_AWAY,
    SOURCE,
    FILE_MISSING,
    FILE_LARGE,
    FILE_WORDS,
    FILE_QUOTES,
    FILE_COLUMNS,
    FILE_EMPTY,
    FILE_LONG
}
