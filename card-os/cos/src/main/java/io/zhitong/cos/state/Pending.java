package io.zhitong.cos.state;

/** What an INIT command leaves for the very next command of its family (交易中间状态); any other command forgets it. */
public interface Pending {}
