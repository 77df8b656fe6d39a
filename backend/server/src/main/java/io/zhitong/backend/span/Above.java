package io.zhitong.backend.span;

/**
 * A property company or a city (上级单位).
 *
 * @param code number of the company, 4 digits of the city
 * @param keptAt community that keeps the accounts of its users
 * @param ours whether that is the one that asks
 */
public record Above(String code, String name, String keptAt, boolean ours) {}
