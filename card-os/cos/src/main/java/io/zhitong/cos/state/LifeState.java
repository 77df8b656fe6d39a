package io.zhitong.cos.state;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.chip.JournalledMemory;
import io.zhitong.cos.file.CommandRefused;
import java.util.Set;

/** Where a card stands in its life (卡片生命周期), docs/card.md; its code is its place in the row. It only goes forward. */
public enum LifeState {
    BLANK("空白", "blank"),
    /** Keys are written sealed only. */
    INITIALISED("已初始化", "initialised"),
    /** Applications come and go, but the MF is no longer erased. */
    PERSONALISED("已个人化", "personalised"),
    /** It can be read; nothing changes any more. */
    BLOCKED("已锁定", "blocked"),
    /** Answers 6A81 to everything. */
    TERMINATED("已终止", "terminated");

    /** Place in the card's first bytes. */
    private static final int AT = 14;

    /** SELECT, READ BINARY, READ RECORD, GET BALANCE, GET TRANSACTION PROVE, GET CHALLENGE, LIFECYCLE. */
    private static final Set<Integer> OF_BLOCKED = Set.of(0xA4, 0xB0, 0xB2, 0x5C, 0x5A, 0x84, 0xF0);

    private static final int WRITE_KEY = 0xD4;
    private static final int PLAIN = 0x80;

    private final String zh;
    private final String en;

    LifeState(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    /** Chinese name. */
    public String zh() {
        return zh;
    }

    /** English name. */
    public String en() {
        return en;
    }

    /** The state of the card in that memory. */
    public static LifeState of(JournalledMemory memory) {
        return values()[memory.u8(AT)];
    }

    /** Goes forward; 6A86 for an unknown state, 6985 for one that is not ahead. */
    public static void advance(JournalledMemory memory, int code) {
        CommandRefused.unless(code < values().length, StatusWord.WRONG_P1P2);
        CommandRefused.unless(code > memory.u8(AT), StatusWord.CONDITIONS_NOT_MET);
        memory.write(AT, (byte) code);
    }

    /** Refuses a command that the state does not allow: 6A81, a key in clear 6985; a terminated card asks nobody. */
    public void admit(CommandApdu apdu) {
        CommandRefused.unless(this != BLOCKED || OF_BLOCKED.contains(apdu.ins()), StatusWord.NOT_SUPPORTED);
        boolean keyInClear = apdu.ins() == WRITE_KEY && apdu.cla() == PLAIN;
        CommandRefused.unless(this == BLANK || !keyInClear, StatusWord.CONDITIONS_NOT_MET);
    }
}
