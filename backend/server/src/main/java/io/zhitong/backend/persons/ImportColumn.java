package io.zhitong.backend.persons;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A column of the file of residents (导入列); its head is one of two words. */
enum ImportColumn {
    ID("编号", "id", true),
    UNIT("房屋", "unit", true),
    NAME("姓名", "name", true),
    INITIALS("首字母", "initials", false),
    ROLE("身份", "role", true),
    PHONE("手机号", "phone", false),
    IDENTITY("身份证号", "identity", false);

    private final String chinese;
    private final String english;
    private final boolean needed;

    ImportColumn(String chinese, String english, boolean needed) {
        this.chinese = chinese;
        this.english = english;
        this.needed = needed;
    }

    String chinese() {
        return chinese;
    }

    boolean needed() {
        return needed;
    }

    /** Heads that are none of ours name columns that are not read. */
    static Optional<ImportColumn> of(String head) {
        String word = head.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(each -> each.chinese.equals(word) || each.english.equals(word))
                .findFirst();
    }
}
