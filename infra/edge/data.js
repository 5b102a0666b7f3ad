// Runs in CloudFront (cloudfront-js-2.0) before every request for what is published: "/data/runs/…" of the site is
// "runs/…" of the bucket.
function handler(event) {
  var request = event.request;
  request.uri = request.uri.replace(/^\/data(?=\/)/, "");
  return request;
}
