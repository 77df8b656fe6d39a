package io.zhitong.backend.span;

import java.time.LocalDate;

/**
 * What a business day of a community brought (日数据): figures only.
 *
 * @param events records received from devices
 * @param purchases posted
 * @param takingsFen their sum
 */
public record DayFigures(LocalDate day, long events, long purchases, long takingsFen) {}
