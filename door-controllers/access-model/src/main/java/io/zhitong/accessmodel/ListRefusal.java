package io.zhitong.accessmodel;

/** Why a device refuses a list (名单拒收原因). */
public enum ListRefusal implements Coded {
    MALFORMED(1, "格式错误", "the header is not one of ours"),
    OTHER_COMMUNITY(2, "非本小区", "made for another community"),
    OTHER_DEVICE(3, "非本设备", "made for another device"),
    OTHER_KIND(4, "类型不符", "another kind than asked for"),
    VERSION_NOT_HIGHER(5, "版本不高于现有", "the version does not exceed the stored one"),
    TOO_LARGE(6, "名单过大", "more records or larger records than this kind allows"),
    WRONG_COUNT(7, "条数不符", "another number of records than signed"),
    WRONG_ROOT(8, "根哈希不符", "the records do not hash to the signed root"),
    UNKNOWN_KEY(9, "签名密钥未知", "signed by a key this device does not know"),
    WRONG_SIGNATURE(10, "签名错误", "the signature does not verify"),
    BAD_RECORD(11, "记录错误", "a record is malformed or not canonical"),
    DUPLICATE_KEY(12, "记录重复", "two records have one key");

    private final int code;
    private final String chinese;
    private final String english;

    ListRefusal(int code, String chinese, String english) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
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
