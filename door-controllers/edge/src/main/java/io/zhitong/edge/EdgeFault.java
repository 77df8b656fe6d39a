package io.zhitong.edge;

/** Why a device cannot do what it should (设备故障). */
public enum EdgeFault {
    CONFIG("配置错误", "the configuration is not usable"),
    IN_USE("目录被占用", "another process uses the data folder"),
    DISK_FULL("磁盘已满", "the disk or the file's limit is full"),
    IO("读写失败", "the store cannot be read or written"),
    DAMAGED("文件损坏", "the file of the store is damaged"),
    JOURNAL_FULL("日志已满", "the journal has no room that may be freed"),
    STOPPED("已停止", "the device is stopping"),
    NOT_ENROLLED("未注册", "the device has no certificate");

    private final String chinese;
    private final String english;

    EdgeFault(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }
}
