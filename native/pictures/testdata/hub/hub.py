"""Tables of eight pictures in three classes, one of them without, as pyarrow 26 writes them: python hub.py OUTDIR. Needs pyarrow and Pillow."""
import io, json, sys

import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image


def png(i):
    m = Image.new("RGB", (12, 12))
    for at in range(144):
        x, y = at % 12, at // 12
        m.putpixel((x, y), (20 * (x + 1) % 256, (30 * i + y) % 256, 90))
    b = io.BytesIO()
    m.save(b, "PNG")
    return b.getvalue()


about = {"info": {"features": {"image": {"_type": "Image"}, "label": {"names": ["zebra", "ant", "cat/dog"], "_type": "ClassLabel"}}}}
images = [{"bytes": None if i == 5 else png(i), "path": f"{i}.png"} for i in range(8)]
t = pa.table({
    "image": pa.array(images, pa.struct([("bytes", pa.binary()), ("path", pa.string())])),
    "label": pa.array([2 - i % 3 for i in range(8)], pa.int64()),
}).replace_schema_metadata({"huggingface": json.dumps(about)})
out = sys.argv[1]
pq.write_table(t, out + "/train-00000-of-00001.parquet", row_group_size=3)  # packed by Snappy, with dictionaries
pq.write_table(t, out + "/hub-gzip.parquet", compression="gzip", data_page_version="2.0")
pq.write_table(t, out + "/hub-zstd.parquet", compression="zstd")
pq.write_table(t.slice(0, 4), out + "/test-00000-of-00001.parquet")
