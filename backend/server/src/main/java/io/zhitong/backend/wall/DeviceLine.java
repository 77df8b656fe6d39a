package io.zhitong.backend.wall;

/**
 * How a device is, in words (设备行).
 *
 * @param number of the device
 * @param up whether its link is open
 * @param state for example 在线, 链路中断
 * @param since time of day since when
 * @param lists how many of its lists it has proved to hold, for example 6/6
 * @param unsent records it has not handed over yet, -1 unknown
 * @param faults what it says does not work, joined; empty = healthy
 */
public record DeviceLine(
        long number, String name, boolean up, String state, String since, String lists, long unsent, String faults) {}
