package io.zhitong.backend.foundation;

/**
 * What a module puts into an empty database when the demo estate runs (演示数据). A bean; order by
 * {@link org.springframework.core.annotation.Order}. Called at every start in demo mode and in no other, inside one
 * transaction for each seed: it must do nothing when its rows are there already.
 */
@FunctionalInterface
public interface DemoSeed {
    void seed();
}
