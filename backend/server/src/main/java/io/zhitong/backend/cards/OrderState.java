package io.zhitong.backend.cards;

/** Where a card order stands (制卡单状态). */
enum OrderState {
    OPEN,
    DONE,
    GIVEN_UP
}
