package io.zhitong.backend.boards;

import java.time.Instant;

/**
 * How a board stood when it was asked last (控制板状态).
 *
 * @param fault why it was not reached, empty = it was
 * @param inStep whether it was read back as it should be
 * @param version of the access list it was compared with
 * @param held credentials on it
 * @param shortfalls what it was asked to hold and cannot: code ':' point ':' count, blanks between
 */
public record BoardState(Instant at, String fault, boolean inStep, String version, long held, String shortfalls) {}
