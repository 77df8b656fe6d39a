package io.zhitong.accessmodel;

/**
 * What a journal record tells (事件类型). The high byte of the code is the family: 01 access, 02 commands, 03 lists,
 * 04 the device itself, 05 payment, 06 lanes.
 */
public enum EventKind implements Coded {
    ACCESS_GRANTED(0x0101, Lane.PLAIN, "放行", "access granted"),
    ACCESS_DENIED(0x0102, Lane.PLAIN, "拒绝", "access denied"),
    POINT_OPENED(0x0103, Lane.PLAIN, "门开", "opened"),
    POINT_CLOSED(0x0104, Lane.PLAIN, "门关", "closed"),
    EXIT_REQUESTED(0x0105, Lane.PLAIN, "出门按钮", "exit button pressed"),
    HELD_OPEN(0x0106, Lane.ALARM, "门开超时", "held open too long"),
    FORCED_OPEN(0x0107, Lane.ALARM, "强行开门", "forced open"),
    NOT_GENUINE_REPEATED(0x0108, Lane.ALARM, "多次验证失败", "five wrong tries in a row"),
    DURESS(0x0109, Lane.ALARM, "胁迫报警", "opened under duress"),
    FIRE(0x010A, Lane.ALARM, "消防报警", "fire contact"),
    HELD_ENDED(0x0110, Lane.PLAIN, "开门超时结束", "no longer held open"),
    FORCED_ENDED(0x0111, Lane.PLAIN, "强行开门结束", "forced opening ended"),
    NOT_OPENED(0x0112, Lane.PLAIN, "放行未通过", "released, nobody came through"),
    NOT_LOCKED(0x0113, Lane.ALARM, "门未锁上", "closed but not locked"),
    LOCKED_AGAIN(0x0114, Lane.PLAIN, "门已锁上", "locked again"),
    FIRE_ENDED(0x0115, Lane.PLAIN, "消防报警结束", "fire contact back"),
    TAMPER(0x0116, Lane.ALARM, "防拆报警", "tampered with, or a line cut or shorted"),
    TAMPER_ENDED(0x0117, Lane.PLAIN, "防拆报警结束", "tampering ended"),
    ALARM_INPUT(0x0118, Lane.ALARM, "输入报警", "alarm input"),
    ALARM_INPUT_ENDED(0x0119, Lane.PLAIN, "输入报警结束", "alarm input ended"),
    EXIT_REFUSED(0x011A, Lane.PLAIN, "互锁，出门按钮未放行", "exit button waits for the other door"),
    TAILGATING(0x011B, Lane.ALARM, "尾随报警", "a second person followed"),
    PASSAGE_CLEAR(0x011C, Lane.PLAIN, "尾随报警结束", "passage clear again"),
    PASSED(0x011D, Lane.PLAIN, "已通过", "somebody came through"),
    BOARD_LOST(0x011E, Lane.ALARM, "输入输出板离线", "the input and output board does not answer"),
    BOARD_BACK(0x011F, Lane.PLAIN, "输入输出板恢复", "the input and output board answers again"),
    AGAINST_PASSBACK(0x0120, Lane.PLAIN, "反潜回记录，已放行", "let pass against anti-passback, or not knowing the area"),
    PASSED_OFFLINE(0x0121, Lane.PLAIN, "离线放行", "let pass by the point's offline rule"),
    PICTURE_TAKEN(0x0130, Lane.PLAIN, "已抓拍", "picture taken"),
    PLATE_MISMATCH(0x0601, Lane.ALARM, "车牌与卡不符报警", "a plate that is not the card's"),
    COMMAND_EXECUTED(0x0201, Lane.PLAIN, "指令已执行", "command carried out"),
    COMMAND_REFUSED(0x0202, Lane.PLAIN, "指令被拒", "command refused"),
    LIST_INSTALLED(0x0301, Lane.PLAIN, "名单已更新", "list installed"),
    LIST_REFUSED(0x0302, Lane.ALARM, "名单被拒", "list refused"),
    DEVICE_STARTED(0x0401, Lane.PLAIN, "设备启动", "device started"),
    DEVICE_STOPPED(0x0402, Lane.PLAIN, "设备停止", "device stopped"),
    CLOCK_STEPPED(0x0403, Lane.PLAIN, "时钟调整", "clock stepped"),
    JOURNAL_OPENED(0x0404, Lane.ALARM, "新建日志", "a new journal begins"),
    RECORDS_LOST(0x0405, Lane.ALARM, "记录丢失", "records were overwritten or could not be written"),
    READER_LOST(0x0406, Lane.ALARM, "读头离线", "a reader does not answer"),
    READER_BACK(0x0407, Lane.PLAIN, "读头恢复", "a reader answers again"),
    STALLED(0x041E, Lane.ALARM, "主循环停滞", "the program's loop stands still"),
    STALL_ENDED(0x041F, Lane.PLAIN, "主循环恢复", "the program's loop goes on"),
    PURCHASE_INTENT(0x0501, Lane.PAYMENT, "消费开始", "a purchase is about to begin"),
    PURCHASE(0x0502, Lane.PAYMENT, "消费", "purchase with its TAC"),
    PURCHASE_REFUSED(0x0503, Lane.PAYMENT, "消费未成", "a purchase ended without a debit"),
    PURCHASE_IN_DOUBT(0x0504, Lane.PAYMENT, "消费待定", "the card left before it proved the debit"),
    OTHER(0xFFFF, Lane.PLAIN, "其他", "a kind this version does not know");

    /** What happens to a record when the journal is full, and whether a copy hurries ahead. */
    public enum Lane {
        /** Overwritten first, oldest first, with a tombstone. */
        PLAIN,
        /** A copy is sent at once; overwritten last. */
        ALARM,
        /** Never overwritten. */
        PAYMENT
    }

    private final int code;
    private final Lane lane;
    private final String chinese;
    private final String english;

    EventKind(int code, Lane lane, String chinese, String english) {
        this.code = code;
        this.lane = lane;
        this.chinese = chinese;
        this.english = english;
    }

    public Lane lane() {
        return lane;
    }

    /** Kinds of newer devices read as {@link #OTHER}: their records are stored all the same. */
    public static EventKind of(int code) {
        return Coded.find(EventKind.class, code).orElse(OTHER);
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
