### Machine-translated; to be checked by a person.
### Pages: the map
tab-map = 地图
map-title = { $reference } 地图
map-description = 地点位于中央，四周各 { $half }；从中央量起的距离和方向均为真实。下表内容相同。
map-none = 没有地图
map-none_help = 此处没有可以绘制的地点，或本账号无权查看。
map-views = 视图
map-nearer = 放大
map-farther = 缩小
map-fit = 适合扩散范围
map-download = 下载（SVG）
map-p50 = 一半的扩散在此范围内
map-p95 = 几乎全部
map-max = 最远可信距离
map-table = 同样内容的表格
map-name = 名称
map-kind = 类型
map-distance = 距离
map-ring = 所在范围
map-arrival = 最早到达
map-state = 国家
map-hotspot = 生物多样性热点
map-north = 北
map-disclaimer = 线条和名称不代表对任何领土地位的立场。虚线：有争议。
