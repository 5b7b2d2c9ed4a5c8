/** The fields of a multipart request. `formData` is deprecated because it holds the whole body, which here is small. */
export async function formOf(request: Request): Promise<FormData> {
  // oxlint-disable-next-line typescript/no-deprecated -- See above.
  return request.formData();
}
