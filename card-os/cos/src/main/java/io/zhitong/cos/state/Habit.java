package io.zhitong.cos.state;

/** What a chip of another maker does differently from ours (卡片习惯), docs/card.md "Profiles". */
public enum Habit {
    /** EXTERNAL AUTHENTICATE takes a challenge of four bytes, filled up with zeros. */
    SHORT_CHALLENGES,
    /** Le of a protected read counts the content only, not the MAC behind it. */
    LE_WITHOUT_MAC,
    /** A protected read of an encrypted file answers ENC(Ld ‖ content)‖MAC4. */
    ENCRYPTED_ANSWERS,
    /** Bits 4–3 and 2–1 of a file's flags name line protection key 00 by 11, 03 by 00. */
    LINE_KEYS_DOWNWARDS,
    /** A key file may be made under any identifier. */
    KEY_FILE_ANYWHERE,
    /** Access bytes of a DF that had no key file when it was selected do not count until it is selected again. */
    FREE_UNTIL_KEY_FILE,
    /** UPDATE RECORD of the record behind the last makes it; another length than the record's answers 6A83. */
    UPDATE_MAKES_RECORDS,
    /** WRITE KEY with P1 P2 0000 takes a SAM's master: usage 1 ‖ version 1 ‖ algorithm 1 ‖ key. */
    SAM_MASTERS_BY_USAGE,
    /** The UID is burnt in and the same at every power-up. */
    FIXED_UID,
    /** A finished money transaction takes PIN and security status of the DF away. */
    TRANSACTION_ENDS_STATUS
}
