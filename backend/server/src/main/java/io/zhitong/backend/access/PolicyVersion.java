package io.zhitong.backend.access;

import java.time.Instant;

/**
 * One version of a community's policy (策略版本).
 *
 * @param number from 1
 * @param drafted who wrote it
 * @param approved who put it in force
 * @param why in words
 */
public record PolicyVersion(long number, String drafted, String approved, String why, Instant made) {}
