package io.zhitong.accessmodel;

/** Facts of a device that the backend tells it by the SETTINGS list (设备参数). */
public enum SettingKey implements Coded {
    ZONE(1, "时区", "time zone, IANA name"),
    COMMUNITY_NUMBER(2, "小区编号", "community number, decimal digits"),
    COMMUNITY_NAME(3, "小区名称", "community name"),
    DEVICE_NAME(4, "设备名称", "device name"),
    MERCHANT(5, "商户", "merchant name"),
    CITY_CODE(6, "城市代码", "city code, 4 digits");

    private final int code;
    private final String chinese;
    private final String english;

    SettingKey(int code, String chinese, String english) {
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
