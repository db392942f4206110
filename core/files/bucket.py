"""Files in a bucket that speaks S3."""

from typing import IO, Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from core.errors import NotFound


class BucketStorage:
    """Objects in a bucket under a prefix. Region, keys and a private endpoint come from the usual AWS_… variables."""

    def __init__(self, bucket: str, prefix: str) -> None:
        self.bucket = bucket
        self.prefix = prefix.strip("/")
        config = Config(signature_version="s3v4", connect_timeout=5, read_timeout=30, retries={"max_attempts": 3})
        self.client: Any = boto3.client("s3", config=config)

    def _key(self, sha256: str) -> str:
        key = f"{sha256[:2]}/{sha256[2:]}"
        return f"{self.prefix}/{key}" if self.prefix else key

    def put(self, sha256: str, content: bytes) -> None:
        if not self.exists(sha256):
            self.client.put_object(Bucket=self.bucket, Key=self._key(sha256), Body=content)

    def put_stream(self, sha256: str, content: IO[bytes]) -> None:
        if not self.exists(sha256):
            content.seek(0)
            self.client.upload_fileobj(content, self.bucket, self._key(sha256))

    def get(self, sha256: str) -> bytes:
        return self._get(sha256)

    def read(self, sha256: str, start: int, length: int) -> bytes:
        return self._get(sha256, Range=f"bytes={start}-{start + length - 1}")

    def _get(self, sha256: str, **part: str) -> bytes:
        try:
            content: bytes = self.client.get_object(Bucket=self.bucket, Key=self._key(sha256), **part)["Body"].read()
        except ClientError as error:
            if _is_missing(error):
                raise NotFound from None
            raise
        return content

    def exists(self, sha256: str) -> bool:
        try:
            self.client.head_object(Bucket=self.bucket, Key=self._key(sha256))
        except ClientError as error:
            if _is_missing(error):
                return False
            raise
        return True

    def delete(self, sha256: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=self._key(sha256))

    def check(self) -> None:
        self.client.head_bucket(Bucket=self.bucket)


def _is_missing(error: ClientError) -> bool:
    return str(error.response.get("Error", {}).get("Code")) in ("404", "NoSuchKey", "NotFound")
