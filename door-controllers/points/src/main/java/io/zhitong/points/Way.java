package io.zhitong.points;

/** Which way somebody goes through a turnstile (通行方向). */
public enum Way {
    IN,
    OUT;

    public Way back() {
        return this == IN ? OUT : IN;
    }
}
