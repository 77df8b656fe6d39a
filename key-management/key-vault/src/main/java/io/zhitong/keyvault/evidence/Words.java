package io.zhitong.keyvault.evidence;

/**
 * Text in both languages (双语文字); one that reads the same in both is plain.
 *
 * @param chinese first everywhere
 * @param english beside it
 */
record Words(String chinese, String english) {
    static Words plain(String text) {
        return new Words(text, text);
    }

    static Words plain(long number) {
        return plain(String.valueOf(number));
    }

    static Words yesNo(boolean yes) {
        return yes ? new Words("是", "yes") : new Words("否", "no");
    }

    boolean isPlain() {
        return chinese.equals(english);
    }
}
