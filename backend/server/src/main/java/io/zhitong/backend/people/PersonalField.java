package io.zhitong.backend.people;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What is kept of a person under lock (个人信息项). One byte of each in what is encrypted; never reused. */
public enum PersonalField {
    /** Of a mobile or a fixed line of the mainland, without country code. */
    PHONE(1, "手机号", "telephone", PersonalField::phone, 3),
    /** 公民身份号码 of GB 11643: 17 digits and a check digit or X. */
    IDENTITY(2, "身份证号", "identity number", PersonalField::identity, 3);

    private static final Pattern MOBILE = Pattern.compile("1[3-9]\\d{9}");
    private static final Pattern FIXED = Pattern.compile("0\\d{9,11}");
    private static final Pattern CITIZEN = Pattern.compile("[1-9]\\d{16}[0-9X]");
    private static final String CHECK_DIGITS = "10X98765432";
    private static final int MODULUS = 11;
    private static final int LONGEST = 60;
    private static final int SHOWN_AT_END = 4;

    private final int code;
    private final String chinese;
    private final String english;
    private final UnaryOperator<String> form;
    private final int shownAtBegin;

    PersonalField(int code, String chinese, String english, UnaryOperator<String> form, int shownAtBegin) {
        this.code = code;
        this.chinese = chinese;
        this.english = english;
        this.form = form;
        this.shownAtBegin = shownAtBegin;
    }

    int code() {
        return code;
    }

    public String chinese() {
        return chinese;
    }

    public String english() {
        return english;
    }

    /**
     * The one form in which a value is kept and searched: half-width, without blanks and hyphens, a mobile without +86, X in capitals.
     * What was a number once is to stay one: values that are kept are read by the same rule.
     *
     * @return nothing when it is no such number
     */
    public Optional<String> normalised(String typed) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = Normalizer.normalize(typed, Normalizer.Form.NFKC)
                .replaceAll("[\\s\\p{Pd}]", "")
                .toUpperCase(Locale.ROOT);
        return Optional.of(form.apply(plain)).filter(value -> !value.isEmpty());
    }

    /** For lists: {@code 138****1234}. */
    public String masked(String value) {
        int hidden = value.length() - shownAtBegin - SHOWN_AT_END;
        return hidden < 1
                ? "*".repeat(value.length())
                : value.substring(0, shownAtBegin)
                        + "*".repeat(hidden)
                        + value.substring(value.length() - SHOWN_AT_END);
    }

    private static String phone(String plain) {
        String here = plain.replaceFirst("^(\\+|00)86", "");
        return MOBILE.matcher(here).matches() || FIXED.matcher(here).matches() ? here : "";
    }

    private static String identity(String plain) {
        return CITIZEN.matcher(plain).matches() && born(plain) && checkDigit(plain) == plain.charAt(17) ? plain : "";
    }

    private static boolean born(String plain) {
        try {
            LocalDate.of(number(plain, 6, 10), number(plain, 10, 12), number(plain, 12, 14));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static int number(String plain, int from, int to) {
        return Integer.parseInt(plain, from, to, 10);
    }

    /** ISO 7064 MOD 11-2 over 17 digits: weights 2^17 … 2^1. */
    private static char checkDigit(String plain) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (plain.charAt(i) - '0') * ((1 << 17 - i) % MODULUS);
        }
        return CHECK_DIGITS.charAt(sum % MODULUS);
    }
}
