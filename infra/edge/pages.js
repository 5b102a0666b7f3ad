// Runs in CloudFront (cloudfront-js-2.0) before every request for the site: a path without an extension names a page, and
// every page is index.html. A file that is not there stays "not found".
function handler(event) {
  var request = event.request;
  var last = request.uri.substring(request.uri.lastIndexOf("/") + 1);
  if (last.indexOf(".") === -1) request.uri = "/index.html";
  return request;
}
