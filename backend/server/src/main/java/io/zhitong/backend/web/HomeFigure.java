package io.zhitong.backend.web;

/**
 * A number on the home page (首页数字).
 *
 * @param label message key of what it counts
 * @param value as people read it
 * @param path of the page that tells more
 * @param attention whether somebody should look; said in words too
 */
public record HomeFigure(String label, String value, String path, boolean attention) {}
