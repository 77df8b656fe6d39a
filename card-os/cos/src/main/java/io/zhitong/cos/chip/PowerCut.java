package io.zhitong.cos.chip;

/**
 * A planned loss of power (掉电计划): in the n-th program or erase operation counted from now, 1 being the next one.
 *
 * @param operation from 1
 * @param content what the unit under way holds afterwards
 */
public record PowerCut(int operation, TornContent content) {
    public PowerCut {
        if (operation < 1) {
            throw new IllegalArgumentException("expected an operation number from 1, came " + operation);
        }
    }
}
