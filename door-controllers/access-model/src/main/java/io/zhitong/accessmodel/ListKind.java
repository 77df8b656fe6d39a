package io.zhitong.accessmodel;

/** What a signed list holds (名单类型), how its records are keyed and how large it may be. */
public enum ListKind implements Coded {
    ACCESS(1, 8, 1_500_000, 704, "门禁名单", "access list"),
    SCHEDULES(2, 2, 4_096, 1024, "时段表", "schedules"),
    HOLIDAYS(3, 4, 4_096, 64, "节假日", "holidays"),
    ISSUERS(4, 4, 64, 128, "签发者", "issuers of certificates"),
    POINTS(5, 2, 1_024, 256, "门点配置", "point configuration"),
    SETTINGS(6, 2, 256, 512, "设备参数", "device settings"),
    BLACKLIST(7, 8, 1_000_000, 64, "黑名单", "blacklist"),
    REVOCATIONS(8, 20, 65_536, 32, "吊销名单", "revoked certificates"),
    GROUPS(9, 2, 65_535, 10_244, "人员组权限", "groups"),
    FLOORS(10, 2, 4_096, 66, "楼层组", "floor groups"),
    AREAS(11, 2, 1_024, 96, "区域", "areas"),
    PINS(12, 8, 250_000, 52, "密码", "PINs"),
    ENTRIES(13, 8, 65_536, 64, "在场车辆", "cars inside"),
    SPACES(14, 6, 250_000, 8, "车位", "parking spaces"),
    WIRING(15, 3, 4_096, 10, "接线", "wiring"),
    PRESENCE(16, 4, 250_000, 14, "区域在场", "presence"),
    USES(17, 8, 65_536, 1_539, "已用次数", "uses counted");

    private final int code;
    private final int keyLength;
    private final int maxRecords;
    private final int maxRecordLength;
    private final String chinese;
    private final String english;

    ListKind(int code, int keyLength, int maxRecords, int maxRecordLength, String chinese, String english) {
        this.code = code;
        this.keyLength = keyLength;
        this.maxRecords = maxRecords;
        this.maxRecordLength = maxRecordLength;
        this.chinese = chinese;
        this.english = english;
    }

    /** Every record begins with its key of this many bytes; keys are unique within a list. */
    public int keyLength() {
        return keyLength;
    }

    public int maxRecords() {
        return maxRecords;
    }

    /** Whether it tells how things stand and no rule: it changes with every passage somewhere else, and no device notes each. */
    public boolean tellsState() {
        return this == ENTRIES || this == PRESENCE || this == USES;
    }

    /** In bytes. */
    public int maxRecordLength() {
        return maxRecordLength;
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
